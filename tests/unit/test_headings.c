/* headings: the roles of whole documents, line by line. A line of a case is
 *
 *     role [level] | text
 *
 * with the roles' initials: T title, U subtitle, A salutation, H heading, R run-in, L list item,
 * C caption, F attachment (filed with it), S signature, D date, N note, and - for body. */
#include "check.h"

/* One line of a case. */
typedef struct expectation {
    char role, level;
    str text;
} expectation;

static const char initials[QW_ROLES] = {
    [QW_ROLE_BODY] = '-',       [QW_ROLE_TITLE] = 'T',   [QW_ROLE_SUBTITLE] = 'U',
    [QW_ROLE_SALUTATION] = 'A', [QW_ROLE_HEADING] = 'H', [QW_ROLE_RUNIN] = 'R',
    [QW_ROLE_LIST] = 'L',       [QW_ROLE_CAPTION] = 'C', [QW_ROLE_ATTACHMENT] = 'F',
    [QW_ROLE_SIGNATURE] = 'S',  [QW_ROLE_DATE] = 'D',    [QW_ROLE_NOTE] = 'N',
};

static expectation split(str line) {
    size_t bar = str_find(line, STR("|"), 0);
    expectation e = {line.p[0], line.p[1] >= '0' && line.p[1] <= '9' ? line.p[1] : '0',
                     str_cut(line, bar + 1, line.n)};
    return e;
}

/* Reads the texts of a case as one document, runs the filter, and compares role and level. */
static void check_case(const char *lines) {
    char text[8192];
    size_t n = 0;
    str rest = str_of(lines), line;
    while (str_next(&rest, '\n', &line)) {
        expectation e = split(line);
        memcpy(text + n, e.text.p, e.text.n);
        n += e.text.n;
        text[n++] = '\n';
    }
    qw_error why = {0};
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.filters = "headings"}, &why);
    qw_workspace *space = qw_workspace_new();
    qw_doc *doc =
        qw_read(space, &(qw_input){.name = "case.txt", .bytes = text, .n = n}, NULL, &why);
    CHECK(chain && doc && qw_run(chain, doc, &why));
    rest = str_of(lines);
    for (size_t i = 0; str_next(&rest, '\n', &line); i++) {
        expectation e = split(line);
        qw_block_info info;
        qw_place place;
        check_count++;
        if (!qw_block_get(doc, i, &info, &place)) {
            CHECK_FAIL("line %zu is missing", i + 1);
        } else if (initials[info.role] != e.role || info.level != (unsigned)(e.level - '0')) {
            CHECK_FAIL("“%.*s” is %c%u, not %c%c", (int)e.text.n, e.text.p, initials[info.role],
                       info.level, e.role, e.level);
        }
    }
    qw_workspace_free(space);
    qw_chain_free(chain);
}

#define PROSE "-|这一段是正文，它把前后的标题隔开，有两个分句，最后以句号结束。\n"

static void official(void) {
    check_case("T|关于加强冬季供水保障的通知\n"
               "-|\n"
               "A|各镇人民政府，市直有关单位：\n" PROSE "H1|一、总体要求\n" PROSE
               "H1|二、重点任务\n"
               "R2|（一）抓好防冻。对裸露管线全部包扎，十一月底前完成。\n"
               "R2|（二）抓好抢修。抢修队二十四小时待命。\n"
               "H1|三、有关要求\n"
               "L|（一）加强领导；\n"
               "L|（二）落实经费；\n"
               "L|（三）按时报告。\n"
               "F|附件：1.联系表\n"
               "F|2.进度表\n"
               "S|临溪市水务局\n"
               "D|2024年11月5日\n"
               "N|（此件公开发布）");
    check_case("T|临溪市水务局2024年工作总结\n"
               "U|——在年度总结会上的报告\n"
               "D|（2024年12月30日）\n"
               "A|同志们：\n" PROSE "H1|一、工作情况\n"
               "R2|1.抓供水。全年供水一点二亿立方米。\n"
               "R2|2.抓防汛。整改隐患十七处。\n"
               "H1|二、问题\n"
               "-|一是管网老化。二是人员不足。");
}

/* What opens with a colon but addresses nobody is no salutation; what opens with prose has no
 * title.
 */
static void heads(void) {
    check_case("-|按照会议安排，现将今年以来的工作情况报告如下：\nH1|一、工作情况\n" PROSE);
    check_case("-|他推开门，屋里没有人。\n-|灯还亮着，茶还热着。\n");
    check_case("A|尊敬的各位家长：\n" PROSE PROSE);
}

static void schemes(void) {
    check_case(
        "H1|第一章　总则\nR2|第一条　为了保护古树，制定本办法。\nR2|第二条　下列行为禁止：\n"
        "L|（一）砍伐；\nL|（二）剥皮。\nH1|第二章　附则\nR2|第三条　本办法自公布之日起施行。");
    check_case("H1|1　引言\n" PROSE "H1|2　方法\n" PROSE "H2|2.1　数据\n" PROSE
               "H3|2.1.1　来源\n" PROSE "H1|3　结果\n" PROSE
               "C|图1　典型年过程\n-|图1所示为典型年的过程，比较平缓。\n"
               "H1|参考文献\n" PROSE);
    check_case("H1|第一卷　水\nH2|第一章 夜雨\n" PROSE "H2|第二章 三个人\n" PROSE "H1|第二卷　岸\n"
               "H2|第三章 你还回来吗？\n" PROSE "H1|番外 铜灯\n" PROSE);
    check_case("H1|Chapter 1 Before You Start\n-|Read this before you open the gate. It is short.\n"
               "H2|1. Safety\n-|Never work alone in the pit. Call a friend before you go.\n"
               "H2|2. Tools\n-|You need a wrench, a lamp and a radio. Nothing else will do.\n");
}

/* The same lines are headings when they own what follows, and items when they do not. */
static void items(void) {
    check_case("H1|一、交接\nL|1.对讲机\nL|2.应急灯\nL|3.钥匙\nH1|二、巡查\nH2|1.上半夜\n" PROSE
               "H2|2.下半夜\n" PROSE);
    check_case(PROSE "L|①书面报告；\nL|②电话报告；\nL|③口头报告。\n");
}

static void bodies(void) {
    check_case(PROSE "-|2022年以来，价格没有调整。\n-|1.5万户换上新表。\n-|二、三类用户另行规定。\n"
                     "-|21世纪初建成的管网。\n-|6、7月份是用水高峰。\n-|第二天，抢修队到了。\n"
                     "-|第一回合他们就输了。\n-|一般用户无须申请。\n-|3 油页岩 20 镍\n-|22 锡\n");
}

/* A sentence with its stop is a heading among headings, a run of sentences is numbered text. */
static void sentences(void) {
    check_case("H1|一、总体要求\nR2|（一）指导思想。坚持需求导向，补齐短板，形成合力。\n"
               "H2|（二）发展目标。\n" PROSE "R2|（三）基本原则。政府引导，市场运作，公众参与。\n");
    check_case("L|一、局长主持会议，副局长协助局长工作。局长外出时，由副局长主持。\n"
               "L|二、会议议题由各科室提出，经办公室汇总后报局长审定，未经审定的议题不上会。\n"
               "L|三、会议纪要由办公室起草，经局长审签后印发，有关科室应当按照纪要抓好落实。\n"
               "L|四、议定事项由办公室督办，每季度通报一次办理情况，并在年底列入科室的考核内容。\n"
               "L|五、会议材料应当提前两天送交办公室，逾期没有送交的，议题顺延到下一次会议。\n"
               "L|六、本规则由办公室解释。没有规定的，按照上级的规定办理。\n");
    check_case("L|一、春节：放假七天，二月八日上班。请合理安排值班。\n"
               "L|二、清明：放假一天，与周末连休。\n");
    check_case("L|（一）支持在县城开展试点。（责任单位：住建局）\n"
               "L|（二）支持企业扩大产能，对新增设备给予补助。（责任单位：工信局）\n"
               "L|（三）支持镇村开办养老服务驿站。（责任单位：民政局）\n");
    check_case(PROSE "-|陆、张二人看了都吃一惊。老陆先开了口，说这件事不能再拖。\n"
                     "-|三、两天病就好了，再作打算。想定主意，他就出了门。\n");
    check_case("L|一、本书所收，皆为旧稿。偶有改动，不再注明。\n"
               "L|一、插图照旧。原图模糊的，重新描过。\n"
               "L|一、卷末附有年表。读者可以对照。\n");
}

/* Chapters go on over the lists between them. */
static void chapters(void) {
    check_case("H1|0 引言\n" PROSE "H1|1 材料\n" PROSE "H1|2 方法\nH2|2.1 取样\n" PROSE
               "L|1. 洗净瓶子；\nL|2. 装满水；\nL|3. 贴上标签。\nH2|2.2 分析\n" PROSE
               "L|1. 过滤；\nL|2. 称重。\nH1|3 结论\nH2|3.1 小结\n" PROSE
               "H2|3.2（选读）误差\n" PROSE "H1|4 展望\n" PROSE);
    check_case("H1|第一章 设计\nH2|1.1 进度\nH3|A. 准备\n" PROSE "H3|B. 施工\n" PROSE
               "H1|第二章 报价\n" PROSE);
    check_case("H1|序 言 李文山\n" PROSE "H1|卷上\n" PROSE "H1|卷下\n" PROSE
               "H1|番外二 雪夜\n" PROSE "H1|Appendix B: Forms\n-|Copy them as you like. Free.\n");
}

/* What stands before the title and after the text, and where attachments begin. */
static void letters(void) {
    check_case("-|临溪市水务局文件\n-|临水〔2024〕12号\n"
               "T|关于推行巡查公示制度\nT|抢修审核制度的通知\nA|各科室：\n" PROSE
               "F|附件：1.联系表\nF|2.进度表\nS|临溪市水务局\nD|2024年1月8日\n"
               "N|抄送：市政府办公室。\nN|临溪市水务局办公室　　2024年1月8日印发\n"
               "F|附件1\nT|联系表\n" PROSE "F|附件2\nT|抢修进度表\n" PROSE);
    check_case("T|在供水工作会议上的讲话\nD|（2024年3月12日）\nU|王一山\nA|同志们：\n" PROSE);
}

/* 壹、 and 甲、 stand above the 一、 that begins anew under each of them. */
static void test_schemes_above(void) {
    check_case("T |組織調整報告\n"
               "H1|壹、緣起\n"
               "H2|一、背景\n"
               "-|近年業務逐漸增加，原有組織已不敷使用，因此提出調整的建議。\n"
               "H2|二、目的\n"
               "-|使各組的職掌更加明確，並縮短公文往返所需要的時間。\n"
               "H1|貳、內容\n"
               "H2|一、範圍\n"
               "H3|（一）人員\n"
               "-|全部編制內人員均適用本次調整，臨時人員另以契約約定。\n"
               "H3|（二）經費\n"
               "-|所需經費由年度預算支應，不足部分另行籌措辦理。\n"
               "H2|二、期程\n"
               "-|自核定後六個月內完成，並於每季提出進度說明。\n"
               "H1|參、結語\n"
               "-|以上各項，請各單位配合辦理，如有疑義請洽承辦人員。\n");
    check_case("T |合作社章程說明\n"
               "H1|甲、總則\n"
               "H2|一、名稱\n"
               "-|本社定名為山前合作社，以下簡稱本社，設於本鄉山前村。\n"
               "H2|二、宗旨\n"
               "-|本社以改善社員生活、推廣共同運銷為宗旨，不以營利為目的。\n"
               "H1|乙、社員\n"
               "H2|一、入社\n"
               "-|凡設籍本鄉、年滿十八歲的居民，均得申請加入為本社社員。\n"
               "H2|二、退社\n"
               "-|社員得於年度終了三個月前以書面聲明退社，並結清帳目。\n");
    /* In the order of official letters it stands below （1）. */
    check_case("T |作業說明\n"
               "H1|壹、申請\n"
               "H2|一、文件\n"
               "-|申請人應備妥下列各項文件，並於期限之前送達承辦單位。\n"
               "H3|甲、證明\n"
               "-|證明文件應為正本，並由核發機關加蓋印信，影本不予受理。\n"
               "H3|乙、照片\n"
               "-|照片應為最近六個月內所拍攝，規格與身分證所用的相同。\n"
               "H2|二、期限\n"
               "-|每年三月一日起至三月三十一日止，逾期送達者不予受理。\n");
}

/* The parties of a contract and names are no headings. */
static void test_stems_alone(void) {
    check_case("T |租赁合同\n"
               "H1|一、双方\n"
               "-|甲、乙双方经协商一致，就房屋租赁事宜订立本合同。\n"
               "-|甲、乙双方\n"
               "-|丁、王二人到场见证，并在合同末页签字，各执一份。\n"
               "H1|二、租金\n"
               "-|租金每月一千元，于每月五日之前付清，逾期按日计息。\n");
}

static void test_date_below_title(void) {
    check_case("T |在全县教育工作会议上的讲话\n"
               "D |（2024年2月20日）\n"
               "A |同志们：\n"
               "-|今天召开全县教育工作会议，主要任务是总结去年的工作，安排今年的任务。\n");
}

/* What begins anew under each member of another run stands below it, against the usual order. */
static void test_own_order(void) {
    check_case("T |关于加强基层治理的调研报告\n"
               "H1|1．基本情况\n"
               "H2|（一）人口情况\n" PROSE "H2|（二）经济情况\n" PROSE "H1|2．主要做法\n"
               "H2|（一）健全组织\n" PROSE "H2|（二）完善制度\n" PROSE "H1|3．几点启示\n" PROSE);
    check_case("T |员工培训教材\n"
               "H1|第一 服务礼仪\n"
               "H2|一、仪容仪表\n" PROSE "H2|二、言谈举止\n" PROSE "H1|第二 安全知识\n"
               "H2|一、消防安全\n" PROSE "H2|二、用电安全\n" PROSE "H1|第三 规章制度\n" PROSE);
    check_case("T |缝纫入门讲义\n"
               "H1|第一章 工具\n"
               "H2|第一讲 针与线\n" PROSE "H2|第二讲 剪刀\n" PROSE "H1|第二章 布料\n"
               "H2|第一讲 棉布\n" PROSE "H2|第二讲 麻布\n" PROSE);
    check_case("T |网络实验指导\n"
               "H1|一、目的\n" PROSE "H1|二、内容\n"
               "H2|1）配置\n"
               "H3|（1）地址\n" PROSE "H3|（2）设备\n" PROSE "H2|2）测试\n"
               "H3|（1）本地\n" PROSE "H3|（2）远程\n" PROSE);
}

/* What goes on through several parts, lists, notes and said numbers keep the usual order. */
static void test_usual_order(void) {
    check_case("T |关于开展安全检查的通知\n"
               "H1|一、检查范围\n"
               "H2|（一）仓库\n" PROSE "H2|（二）车间\n" PROSE "H1|二、检查方法\n"
               "H2|（三）自查\n" PROSE "H2|（四）抽查\n" PROSE);
    check_case("T |在座谈会上的发言\n"
               "-|下面我讲三点意见，供大家参考，不当之处请批评指正。\n"
               "-|第一，要提高认识。各单位要把这项工作摆上重要位置。\n"
               "-|第二，要抓好落实。各单位要制定方案，明确责任人。\n");
}

static void test_letters_in_order(void) {
    check_case("T |Field guide to small bridges\n"
               "H1|I. Timber bridges\n"
               "H2|A. Beams\n"
               "H3|1. Logs\n"
               "H4|a. Selection\n" PROSE "H4|b. Treatment\n" PROSE "H3|2. Sawn wood\n" PROSE
               "H2|B. Trusses\n" PROSE "H1|II. Stone bridges\n"
               "H2|A. Arches\n" PROSE);
    check_case("H1|A. Anchor\n" PROSE "H1|B. Boat\n" PROSE "H1|C. Canal\n" PROSE
               "H1|D. Dike\n" PROSE "H1|E. Estuary\n" PROSE "H1|F. Ferry\n" PROSE
               "H1|G. Gulf\n" PROSE "H1|H. Harbour\n" PROSE "H1|I. Inlet\n" PROSE
               "H1|J. Jetty\n" PROSE);
    check_case("H1|Ⅰ　时期\n" PROSE "H1|Ⅱ　作者\n" PROSE "H1|Ⅲ　内容\n" PROSE);
}

/* A notice, and after its date the plan that it sends round. */
static void test_sent_round(void) {
    check_case("-|云溪市人民政府办公室文件\n"
               "-|云政办发〔2023〕18号\n"
               "T |关于印发供水方案的通知\n"
               "A |各县（区）人民政府：\n" PROSE "S |云溪市人民政府办公室\n"
               "D |2023年6月8日\n"
               "N |（此件公开发布）\n"
               "T |云溪市城乡供水一体化实施方案\n" PROSE "H1|一、总体要求\n" PROSE);
    check_case("-|会议纪要\n"
               "-|〔2023〕5号\n"
               "T |关于研究小区改造的会议纪要\n" PROSE
               "N |出席：高建国，市住房城乡建设局刘志远。\n");
    check_case("-|夜里下了雪，路上一个人也没有，只听见风声。\n"
               "S|林小满\n"
               "D|1998年5月6日\n"
               "-|读书笔记\n" PROSE);
}

static void test_below_the_title(void) {
    check_case("T |2023年度述职报告\n"
               "U |市发展和改革委员会副主任 林书远\n"
               "A |各位领导、各位同事：\n" PROSE "H1|一、履职情况\n" PROSE);
    check_case("T |关于印发云溪市\n"
               "-|\n"
               "T |供水方案的通知\n"
               "-|\n"
               "A |各县（区）人民政府：\n"
               "-|\n" PROSE "-|\n" PROSE "-|\n"
               "F |附件：1.任务清单\n"
               "-|\n"
               "F |2.分工表\n");
}

/* One short first sentence among numbered paragraphs is none of their headings. */
static void test_paragraphs_of_a_reply(void) {
    check_case(
        "T |关于几个问题的复函\n"
        "H1|一、关于电力问题\n"
        "-|现提出以下意见：\n"
        "L "
        "|（一）贵市的电力应当纳入全省统筹考虑，合理布局。按照规划，电源应当优先考虑北部，南部只建"
        "必要的电厂。\n"
        "L |（二）东港电厂属于港口电厂，燃料要从外地运来，流向不尽合理，扩建的时间还要研究确定。"
        "\n"
        "L |（三）核电项目已经列入规划，请继续保护好厂址，做好前期工作，全省将根据发展情况适时"
        "安排建设。\n");
}

/* What closes the work stands as high as its greatest parts; what closes a part, under it. */
static void test_closing_words(void) {
    check_case("H1|楔子\n" PROSE "H1|第一卷 山\nH2|第一章 雪线\n" PROSE "H2|番外 马灯\n" PROSE
               "H1|第二卷 海\nH2|第二章 港口\n" PROSE "H1|尾声\n" PROSE "H1|后记\n" PROSE);
    check_case("H1|第一卷 山\nH2|第一章 雪线\n" PROSE "H2|尾声\n" PROSE
               "H1|第二卷 海\nH2|第二章 港口\n" PROSE "H2|尾声\n" PROSE "H1|附录");
    check_case("H1|Part 1 Wood\nH2|Chapter 1 Saws\n-|A saw cuts wood. Keep it sharp.\n"
               "H1|Appendix A: Words\n-|Kerf is the width of a cut. Set is its bend.\n");
}

/* A line that is all the text there is may be a heading; so may one that breaks off. */
static void test_alone(void) {
    check_case("H1|楔子");
    check_case("H2|（四）");
    check_case("H1|4.对话");
    check_case("H1|二 春天的来信");
    check_case("-|3 玉米 20 高粱");
    check_case(PROSE "H1|14 灯塔守望者\n" PROSE);
    check_case(PROSE
               "R1|第一条为规范公司文书的收发、登记、传阅和归档，提高效率，制定本制度。\n" PROSE);
#define CUT                                                                                                                       \
    "各县人民政府和开发区管理委员会要加强组织领导，建立协同推进机制，搭建创新合作平台，" \
    "认真组织编制实施方案，细化任务分工，明确完成时限，集成推进园区建设"
    check_case("H1|三、健全机制\n" PROSE "H1|四、" CUT "\n" PROSE "H1|五、加强督导\n" PROSE);
    check_case("L|（一）" CUT "\nL|（二）" CUT "\nL|（三）" CUT "\n");
    check_case(
        PROSE "H1|二、他的本子\n" PROSE
              "L|三、用麻绳把窗户、门、柜子和水缸全都捆了起来，又在每个结上打了三个死扣……\n" PROSE);
}

/* Dates and bullets that part a whole text. */
static void test_series(void) {
    check_case("H1|1987.03.02\n" PROSE "H1|1987.03.15\n" PROSE PROSE "H1|1987.04.02\n" PROSE);
    check_case("H1|2021年5月6日 星期四 晴\n" PROSE "H1|2021年5月7日 星期五 雨\n" PROSE
               "H1|2021年5月9日 星期日 多云\n" PROSE);
    check_case(PROSE "-|此致敬礼\n-|林小满\n-|1998年5月6日\n" PROSE
                     "-|王大河\n-|1998年6月1日\n" PROSE "S|林小满\nD|1998年7月8日\n" PROSE PROSE);
    check_case(PROSE "H1|●目标要写下来\n" PROSE "H1|●目标要有期限\n" PROSE
                     "H1|●目标为什么要说出来？\n" PROSE);
    check_case(PROSE "-|■李河\n" PROSE "-|■李河\n" PROSE "-|■李河\n" PROSE);
    check_case(PROSE "L|● 目标要写下来\nL|● 目标要有期限\nL|● 目标要说出来\n" PROSE);
}

/* A short sentence among run-in headings is one of them. */
static void test_short_among_leads(void) {
    check_case("H1|一、保障\n" PROSE "R2|（1）经费保障。列入预算，专款专用。\n"
               "R2|（2）人员保障。配齐人员，定期培训。\n" PROSE
               "R2|（3）物资保障。足额储备，及时补充。\n"
               "H2|（4）其他措施。\n" PROSE);
}

int main(void) {
    RUN(official);
    RUN(sentences);
    RUN(chapters);
    RUN(letters);
    RUN(heads);
    RUN(schemes);
    RUN(items);
    RUN(bodies);
    RUN(test_schemes_above);
    RUN(test_stems_alone);
    RUN(test_date_below_title);
    RUN(test_own_order);
    RUN(test_usual_order);
    RUN(test_letters_in_order);
    RUN(test_sent_round);
    RUN(test_below_the_title);
    RUN(test_paragraphs_of_a_reply);
    RUN(test_closing_words);
    RUN(test_alone);
    RUN(test_series);
    RUN(test_short_among_leads);
    return check_result();
}
