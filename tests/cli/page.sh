# The page for people: complete, escaped, and in Chromium where there is one.
. "$(dirname "$0")/lib.sh"
mkdir in
{ clean; clean; clean; clean; clean; clean; echo '甲<script>document.title="bad"</script>&乙'; echo '扫码关注公众号“松塔<img src=x onerror=alert(1)>文稿屋”，海量范文免费下载'; printf '零宽\342\200\213在此\n'; } >'in/a<i>&.txt'
{ clean; echo; echo; echo; clean; clean; clean; clean; clean; echo '扫码关注公众号“松塔文稿屋”，每日更新，海量范文免费下载'; } | iconv -f UTF-8 -t GB18030 >in/b.txt
printf 'PK\3\4broken' >in/bad.docx
run 3 clean in -o out
run 0 report out -o page.html; silent
holds page.html '<del>扫码关注公众号“松塔文稿屋”'; holds page.html 'GB18030'; holds page.html 'in/bad.docx'; holds page.html 'prefers-color-scheme:dark'
holds page.html 'in/a&lt;i&gt;&amp;.txt'; holds page.html '&lt;U+200B&gt;'; holds page.html '<html lang="en">'
holds page.html '<del>¶</del>' # a blank line that went
checked; ! grep -q '<script\|<img\|<i>' page.html || wrong "something of a document is markup"
run 0 report out -o - --lang zh; prints '<html lang="zh-CN">'; prints 清洗结果
run 0 report out -o page.html
echo mine >other.html; run 2 report out -o other.html; says "other.html: it exists"; run 0 report out -o other.html --force
run 2 report out; says "where the page goes is not said"; run 2 report none -o x.html; run 2 report -o x.html; gone x.html

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || :)
if [ -z "$browser" ]; then
    echo "no Chromium: the page was not looked at"
else
    # A frame as wide as a telephone tells whether the page is wider than that.
    cat >frame.html <<'END'
<iframe id=f width=390 height=800 src=page.html></iframe><script>
onload = () => { const d = f.contentDocument; document.title = [d.documentElement.scrollWidth <= 390,
    d.querySelectorAll('del').length > 0, d.querySelectorAll('script, img').length == 0, d.title].join() }</script>
END
    "$browser" --headless --no-sandbox --disable-gpu --allow-file-access-from-files --user-data-dir="$top/browser" \
        --enable-logging=stderr --v=0 --virtual-time-budget=5000 --dump-dom "file://$PWD/frame.html" >../out 2>../err
    prints '<title>true,true,true,What was cleaned</title>'; says_not CONSOLE
fi
finish
