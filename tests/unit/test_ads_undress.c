/* ads_undress: what stands between letters is passed over where all letters stand apart, and told
 * where they stood. */
#include "check.h"

#include "../../filters/ads/ads_undress.h"

static arena *mem;
static folding *fold;
static form folded, skeleton;

static bool undress(const char *text) {
    skeleton_make(fold, str_of(text), &folded, &skeleton);
    return ads_undress(fold, &folded, &skeleton);
}

static bool reads(const char *text, const char *wanted) {
    return undress(text) && str_eq(form_str(&folded), str_of(wanted));
}

static void test_runs(void) {
    CHECK(reads("公-众-号：松-溪-书-札", "公众号：松溪书札"));
    CHECK(reads("｛微｝｛信｝｛号｝：｛s｝｛9｝", "{微信号：s9}"));
    CHECK(reads("见此：公*众*号，松*溪", "见此：公众号，松溪"));
    CHECK(reads("【微】【信】【号】：甲乙", "【微信号】：甲乙"));
    CHECK(reads("微-信 s-o-n-g", "微信 song"));
    CHECK(reads("微 信 公 众 号", "微信公众号"));
    CHECK(reads("加♂微♂信♂领♂书", "加微信领书"));
    CHECK(str_eq(form_str(&skeleton), STR("加微信领书")));
}

/* Words, addresses and items that are counted up are as they were. */
static void test_text_of_its_own(void) {
    CHECK(!undress("一、二、三、四、五、六"));
    CHECK(!undress("地址是 127.0.0.1 example.com"));
    CHECK(!undress("《甲》《乙》，丙-丁"));
    CHECK(!undress("甲 乙 丙 丁"));
    CHECK(!undress("把窗口从三个增加到五个"));
    CHECK(!undress("I am - as ever - at home"));
    CHECK(!undress(""));
    CHECK(!undress("a - - - - - - b - - - - - - c - - - - - - d - - - - - - e"));
}

static void test_references(void) {
    CHECK(reads("&#x5FAE;&#x4FE1;：abc", "微信：abc"));
    CHECK(reads("&#24494;&#20449;号", "微信号"));
    CHECK(str_eq(form_str(&skeleton), STR("微信号")));
    CHECK(!undress("&#x110000;"));
    CHECK(!undress("&#xD800;"));
    CHECK(!undress("&#;"));
    CHECK(!undress("&#x5FAE"));
    CHECK(!undress("&#x;&amp;&#12a;"));
}

/* A piece of the undressed form is found where it stood. */
static void test_places(void) {
    const char *text = "看 &#x516C;-众-号-松-溪";
    size_t from, to;
    CHECK(undress(text));
    size_t at = str_find(form_str(&folded), STR("公众号"), 0);
    CHECK(at != STR_NONE);
    form_range(&folded, at, 9, &from, &to);
    CHECK(str_eq(str_cut(str_of(text), from, to), STR("&#x516C;-众-号")));
}

static void test_take_runs(void) {
    str s = STR("他说：(松)(溪)(文)(库)(整)(理)。后来");
    size_t from = str_find(s, STR("文"), 0), to = from + 3;
    ads_take_runs(s, &from, &to);
    CHECK(str_eq(str_cut(s, from, to), STR("(松)(溪)(文)(库)(整)(理)")));
    from = 0, to = 3;
    ads_take_runs(s, &from, &to);
    CHECK(from == 0 && to == 3);
}

int main(void) {
    mem = arena_new(0);
    fold = folding_new(mem, NULL, 0, NULL);
    CHECK(mem && fold && form_init(&folded, mem, 4000) && form_init(&skeleton, mem, 4000));
    RUN(test_runs);
    RUN(test_text_of_its_own);
    RUN(test_references);
    RUN(test_places);
    RUN(test_take_runs);
    arena_free(mem);
    return check_result();
}
