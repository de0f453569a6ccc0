# --max-removal: more than so much of a text does not go as ads.
. "$(dirname "$0")/lib.sh"
printf '更多好书，请登录甲乙书屋 www.jyshuwu.com\n他走了。天黑了下来，江上起了雾。\n' >a.txt

run 0 clean --profile strip a.txt; prints jyshuwu; says "more than 33 % of the document looks like ads"; says "--max-removal"
run 0 clean --profile strip --max-removal 80 a.txt; prints_not jyshuwu; prints 他走了
run 0 clean --filters ads,tail --max-removal 80 a.txt; prints_not jyshuwu
run 0 clean --filters ads:max_removal=5 --max-removal 80 a.txt; prints jyshuwu
run 0 clean --filters blank --max-removal 80 a.txt; prints jyshuwu
run 2 clean --profile strip --max-removal 101 a.txt; says "no value for ads:max_removal"; nothing
run 1 check --profile strip --max-removal 0 a.txt; says "more than 0 %"
finish
