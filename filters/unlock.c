/* unlock: takes out what keeps people from editing a Word document: protection of the whole
 * (w:documentProtection, w:writeProtection; ECMA-376 part 1, 17.15.1.29 and 17.15.1.93) and the
 * ranges that only some may edit (17.13.7). A password is not asked for, for it encrypts nothing.
 * In no profile: whether somebody may, the person at the keyboard has to say. */
#include "filter.h"

static const reason lock = {STR_INIT("lock"), STR_INIT("protects against editing"), 100};

static void document(const stage *s, doc *d) {
    (void)s;
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        bool beside = b->kind == BLOCK_BOX && b->region == REGION_META && b->more;
        if (beside && block_stands(b) && str_starts(b->more->link, STR("lock:")))
            edit_drop(d, i, lock);
    }
}

const filter filter_unlock = {
    .info =
        {
            .name = "unlock",
            .summary = {"remove protection against editing from Word documents",
                        "去除 Word 文档的编辑限制"},
        },
    .document = document,
    .beyond = true,
};
