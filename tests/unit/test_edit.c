/* The journal: piece tables, batches, groups, and that taking all back gives the original. */
#include "check.h"
#include "model/edit.h"

static doc *make(const char *text) {
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("a.txt"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, str_of(text), 0, (uint32_t)strlen(text));
    d->filter = STR("test");
    return d;
}

static const reason why = {STR_INIT("rule"), STR_INIT("because"), 70};

/* Takes the edits of block 0 back and returns its text. */
static str taken_back(doc *d) {
    str text = d->blocks[0].text;
    for (size_t i = d->nedits; i--;) {
        const edit *e = &d->edits[i];
        if (e->kind == QW_EDIT_DROP) text = e->before;
        if (e->kind != QW_EDIT_REPLACE || e->state != QW_EDIT_DONE) continue;
        CHECK_STR(str_cut(text, e->at, e->at + e->after.n), e->after);
        str head = arena_join(d->mem, str_cut(text, 0, e->at), e->before);
        text = arena_join(d->mem, head, str_cut(text, e->at + e->after.n, text.n));
    }
    return text;
}

static void replaces(void) {
    doc *d = make("one two three");
    CHECK(edit_replace(d, 0, 4, 3, STR("2"), why));
    CHECK_STR(d->blocks[0].text, STR("one 2 three"));
    CHECK(edit_remove(d, 0, 0, 4, why));
    CHECK_STR(d->blocks[0].text, STR("2 three"));
    CHECK_INT(d->edits[1].from, 0);
    CHECK_INT(d->edits[1].to, 4);
    CHECK_INT(edit_original_offset(&d->blocks[0], 2), 8);
    CHECK_STR(taken_back(d), STR("one two three"));
    CHECK_STR(block_original(&d->blocks[0]), STR("one two three"));
    arena_free(d->mem);
}

static void replaces_what_was_put_in(void) {
    doc *d = make("abcdef");
    edit_replace(d, 0, 2, 2, STR("XYZ"), why);
    edit_replace(d, 0, 1, 3, STR("-"), why); /* b, X and Y */
    CHECK_STR(d->blocks[0].text, STR("a-Zef"));
    CHECK_INT(d->edits[1].from, 1);
    CHECK_INT(d->edits[1].to, 2);
    CHECK_STR(taken_back(d), STR("abcdef"));
    arena_free(d->mem);
}

static void applies_batches(void) {
    doc *d = make("a b c d");
    change list[] = {
        {1, 1, STR(""), why},
        {3, 1, STR("++"), why},
        {4, 1, STR("c"), why}, /* changes nothing */
        {7, 0, STR("!"), why},
    };
    CHECK_INT(edit_apply(d, 0, list, 4), 3);
    CHECK_STR(d->blocks[0].text, STR("ab++c d!"));
    CHECK_INT(d->nedits, 3);
    CHECK_INT(d->edits[1].at, 2);
    CHECK_INT(d->edits[2].from, 7);
    CHECK_STR(taken_back(d), STR("a b c d"));
    arena_free(d->mem);
}

static void removes_everything(void) {
    doc *d = make("all");
    CHECK(edit_remove(d, 0, 0, 3, why));
    CHECK_INT(d->blocks[0].text.n, 0);
    CHECK(!edit_remove(d, 0, 0, 0, why));
    CHECK(edit_replace(d, 0, 0, 0, STR("new"), why));
    CHECK_STR(taken_back(d), STR("all"));
    arena_free(d->mem);
}

static void drops(void) {
    doc *d = make("gone");
    CHECK(edit_drop(d, 0, why));
    CHECK(!edit_drop(d, 0, why));
    CHECK(!edit_remove(d, 0, 0, 1, why));
    CHECK(!block_stands(&d->blocks[0]));
    CHECK_STR(taken_back(d), STR("gone"));
    arena_free(d->mem);
}

static void drops_containers_as_one_group(void) {
    doc *d = make("before");
    block *table = doc_add_block(d, BLOCK_TABLE, STR(""), 0, 0);
    block_rest(d, table)->end = 3;
    doc_add_block(d, BLOCK_PARAGRAPH, STR("inside"), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("after"), 0, 0);
    CHECK(edit_drop(d, 1, why));
    CHECK(!block_stands(&d->blocks[2]));
    CHECK(block_stands(&d->blocks[3]));
    CHECK_INT(d->edits[0].group, d->edits[1].group);
    edit_remove(d, 3, 0, 1, why);
    CHECK_INT(d->edits[2].group, 3);
    arena_free(d->mem);
}

static void moves_leads(void) {
    doc *d = make("  lead. rest");
    edit_role(d, 0, (block_role){QW_ROLE_RUNIN, 2, 7, STR("")}, why);
    edit_remove(d, 0, 0, 2, why);
    CHECK_INT(d->blocks[0].lead, 5);
    edit_remove(d, 0, 6, 4, why);
    CHECK_INT(d->blocks[0].lead, 5);
    arena_free(d->mem);
}

static void tells_what_stood_beside(void) {
    doc *d = make("上一行\n甲one乙");
    doc_add_block(d, BLOCK_PARAGRAPH, STR("中间"), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("下一行"), 0, 0);
    edit_remove(d, 0, 13, 3, why);
    edit_remove(d, 0, 0, 3, why);
    edit_drop(d, 1, why);
    qw_str ahead, behind;
    CHECK(qw_edit_context(d, 0, 5, &ahead, &behind));
    CHECK_STR(ahead, STR("\n甲")); /* and no piece of 行 */
    CHECK_STR(behind, STR("乙"));
    CHECK(qw_edit_context(d, 1, 100, &ahead, &behind));
    CHECK_STR(ahead, STR(""));
    CHECK_STR(behind, STR("一行\n甲one乙"));
    CHECK(qw_edit_context(d, 2, 7, &ahead, &behind));
    CHECK_STR(ahead, STR("one乙"));
    CHECK_STR(behind, STR("下一"));
    CHECK(!qw_edit_context(d, 3, 7, &ahead, &behind));
    arena_free(d->mem);
}

static void takes_back_what_was_kept(void) {
    doc *d = make("one two three");
    block_copy kept[3];
    doc_add_block(d, BLOCK_PARAGRAPH, STR("four"), 0, 4);
    CHECK(edit_replace(d, 0, 0, 3, STR("1"), why));
    edit_keep(d, 0, &kept[0]);
    CHECK(edit_replace(d, 0, 2, 3, STR("2"), why));
    edit_keep(d, 1, &kept[1]);
    CHECK(edit_drop(d, 1, why));
    edit_keep(d, 0, &kept[2]);
    CHECK(edit_remove(d, 0, 3, 6, why));
    CHECK_STR(d->blocks[0].text, STR("1 2"));
    edit_take_back(d, 1, kept, 3);
    CHECK_INT(d->nedits, 1);
    CHECK_STR(d->blocks[0].text, STR("1 two three"));
    CHECK_INT(edit_original_offset(&d->blocks[0], 2), 4);
    CHECK(block_stands(&d->blocks[1]));
    CHECK(!d->blocks[1].more || !d->blocks[1].more->npieces);
    CHECK(edit_remove(d, 0, 1, 4, why));
    CHECK_STR(taken_back(d), STR("one two three"));
    arena_free(d->mem);
}

static void many_edits_in_one_line_are_linear(void) {
    enum { N = 200000 };
    arena *mem = arena_new(0);
    char *text = arena_alloc(mem, 2 * N);
    change *list = arena_zalloc(mem, N, sizeof *list);
    for (size_t i = 0; i < N; i++) {
        memcpy(text + 2 * i, "ab", 2);
        list[i] = (change){2 * i + 1, 1, STR(""), why};
    }
    doc *d = doc_new(mem, STR(""), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, str_make(text, 2 * N), 0, 2 * N);
    CHECK_INT(edit_apply(d, 0, list, N), N);
    CHECK_INT(d->blocks[0].text.n, N);
    CHECK_INT(d->edits[N - 1].from, 2 * N - 1);
    arena_free(mem);
}

int main(void) {
    RUN(replaces);
    RUN(replaces_what_was_put_in);
    RUN(applies_batches);
    RUN(removes_everything);
    RUN(drops);
    RUN(drops_containers_as_one_group);
    RUN(moves_leads);
    RUN(tells_what_stood_beside);
    RUN(takes_back_what_was_kept);
    RUN(many_edits_in_one_line_are_linear);
    return check_result();
}
