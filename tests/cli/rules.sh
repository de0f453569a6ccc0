# Rules of one's own: --rules, rules --test, and explain.
. "$(dirname "$0")/lib.sh"
cat >own.rules <<'END'
rule my-library
  filter ads
  kind mark
  score 100
  find 青禾文库整理
  gone 本文由青禾文库整理
  stays 档案整理工作
END
sed 's/gone .*/gone 这里没有那个名称/' own.rules >broken.rules
printf '一、总体情况\n今年以来，各项工作有序推进，群众满意度不断提高，档案整理工作按期完成。\n青禾文库整理\n二、下一步打算\n继续抓好落实，确保全年各项目标任务顺利完成，不断提升服务水平。\n' >a.txt

run 0 rules --test own.rules; prints "own.rules: 1 rules, and every example comes out as it says"; silent
run 2 rules --test broken.rules; says "broken.rules"; nothing
run 2 rules --test none.rules; says "none.rules: cannot open it"
: >empty.rules
run 2 rules --test empty.rules; says "empty.rules: there is no rule in it"
run 0 rules --rules own.rules; prints "ads/my-library"
run 2 clean a.txt --rules broken.rules; says "broken.rules"; nothing
run 0 clean --profile strip a.txt --rules own.rules; prints_not 青禾; prints 档案整理工作

# The rules that the handbook teaches are rules, and do what it says.
sed -n '/^## Your first rule/,/^## The lines/s/^    //p' "$(dirname "$0")/../../docs/RULES.md" >taught.rules
run 0 rules --test taught.rules; prints "every example comes out as it says"
cat a.txt a.txt a.txt >taught.txt
printf '青禾夜读荣誉出品的纪录片昨天上映，看的人很多。\n青.禾.夜.读 荣/誉/出/品\n他翻开那本旧杂志（青禾夜读第12期），看了一会儿。\n【青禾夜读　榮譽出品】\n' >>taught.txt
run 0 clean taught.txt --filters ads --rules taught.rules; prints 的纪录片昨天上映; prints 那本旧杂志，看了; prints_not 荣/誉; prints_not 第12期; prints_not 榮譽

# What was written for another program is taken over as far as it is understood.
printf '[{"name":"甲","pattern":"(?<!乙+)丙丁"},{"pattern":"青禾\\\\u6587库整理"}]' >java.json
run 0 rules --test java.json; prints "java.json: 1 rules"; says "1 rules are refused"
run 0 rules --rules java.json; prints "ads/legado-1	0	refused"; prints "甲: lookbehind assertion"
run 0 clean --profile strip a.txt --rules java.json; prints_not 青禾; prints 档案整理工作; says "1 rules are refused"

printf 'rule a\n  kind nope\n  find 甲乙\n' >kind.rules
run 2 rules --test kind.rules; says "kind.rules:1: " && says "no such kind"
run 2 rules --test kind.rules --lang zh; says "没有这种类别"
printf '[{"name":"空","pattern":""},{"name":"无"},{"pattern":"青禾文库整理","isRegex":false}]' >empty.json
run 0 clean --profile strip a.txt --rules empty.json; prints_not 青禾文库; says "2 rules are refused"
run 0 rules --rules empty.json; prints "空: it has no pattern"

run 0 explain a.txt:3 --rules own.rules; prints "青禾文库整理"; prints "the whole line is removed"; prints "ads/my-library: removed"
run 0 explain a.txt:3:1 --rules own.rules --lang zh; prints "整行删除"
run 0 explain a.txt:1; prints "role: heading 1"
run 0 explain a.txt:1 --lang zh; prints "角色：标题 1"; prints_not "begins"; prints_not "stands"
run 0 explain a.txt:2; prints "no filter had anything to say about its text"

# Every score can be explained: what gives points and what takes them, of what stays as well.
printf '一、总体情况\n利用微信公众号、QQ群等方式发布停水通知，方便居民及时了解。\n二、下一步打算\n继续抓好落实。\n更多资料请加QQ群：700888999\n' >b.txt
run 0 explain b.txt:5; prints "contact 65 +"; prints "a line of its own 15"; prints " = "; prints "(score 100)"
run 0 explain b.txt:5 --lang zh; prints "联系方式 65 +"; prints "独占一行 15"; prints_not "contact 65"
run 0 explain b.txt:2; prints "kept"; prints "one of several things named 30"; prints "(score "
printf '内部资料　注意保存\n一、总体情况\n今年以来，各项工作有序推进。\n' >c.txt
run 1 check --filters ads -v c.txt; prints "perhaps: remove “内部资料　注意保存”: promo 60 +"
run 1 check --filters ads -v --lang zh c.txt; prints "疑似：删除“内部资料　注意保存”: 自我推广或密级标志"
run 2 explain a.txt:99; says "a.txt: there is no line 99; it has 5 lines"
run 2 explain a.txt; says "write qingwen explain FILE:LINE"
run 2 explain a.txt:0; says "write qingwen explain FILE:LINE"
run 2 explain none.txt:1; says "none.txt: cannot open it"
run 2 explain a.txt:1 --profile nope; says "there is no profile “nope”"
finish
