# Messages are in the language of the locale, or as --lang says, whatever its place.
. "$(dirname "$0")/lib.sh"
run 2 clean none; says "cannot open it (there is none of this name); look at the name"
run 2 clean none --lang zh; says "qingwen: none: 无法打开（没有这个文件或文件夹）；请检查名称和权限"
run 2 --lang=zh claen; says "没有“claen”这个命令"
LC_ALL=zh_CN.UTF-8 run 2 clean; says "没有给出输入"
LC_ALL='' LC_MESSAGES=zh_TW run 2 clean; says "没有给出输入"
LC_ALL='' LANG=zh_CN.GB18030 run 2 clean; says "没有给出输入"
LC_ALL=en_GB.UTF-8 LANG=zh_CN run 2 clean; says "no input was given"
LC_ALL=zh_CN.UTF-8 run 2 clean --lang en; says "no input was given"
dirty >a.txt
run 1 check --filters invisible --lang zh a.txt; prints "a.txt:2:8: invisible"; prints "删除“<U+200B>”"
run 0 filters --lang zh; prints "invisible"; run 0 filters; differ ../out /dev/null
finish
