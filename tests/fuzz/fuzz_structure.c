/* Structure: labels are read within their text, and the filters that judge a document's structure
 * leave one that undoes and that a second look finds in order. The laws hold it for whole chains;
 * here it is any text. */
#include "model/label.h"

#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool held) {
    if (!held) abort();
}

static void check_label(str line) {
    label l;
    if (!label_read(line, &l)) {
        require(l.scheme == LABEL_NONE);
        return;
    }
    require(l.scheme > LABEL_NONE && l.scheme < LABEL_SCHEMES);
    require((size_t)l.at + l.size <= line.n && label_text(&l) <= line.n + 3);
    require(l.number >= l.at && (size_t)l.number + l.number_size <= (size_t)l.at + l.size);
    require(l.nparts >= 1 && l.nparts <= LABEL_PARTS);
}

static void check_document(str text) {
    static const char chain[] = "reflow,blank,spaces,homoglyph:zeros,headings,labels:ends,"
                                "numbering:renumber,punct";
    qw_error why = {0};
    qw_chain *c = qw_chain_new(&(qw_chain_options){.filters = chain}, &why);
    qw_workspace *space = qw_workspace_new();
    require(c && space);
    qw_doc *d = qw_read(space, &(qw_input){.name = "a.txt", .bytes = text.p, .n = text.n},
                        &(qw_read_options){.format = "txt", .encoding = "UTF-8"}, &why);
    require(!d || qw_run(c, d, &why));
    for (size_t i = 0; d && i < qw_block_count(d); i++) {
        qw_block_info info;
        qw_place place;
        require(qw_block_get(d, i, &info, &place));
        require(info.role < QW_ROLES && info.level <= 9 && info.lead <= info.text.n);
        require(utf8_valid_prefix(info.text) == info.text.n);
        require(utf8_valid_prefix(info.label) == info.label.n);
    }
    qw_workspace_free(space);
    qw_chain_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    /* A copy of its own, so that a read past the end is seen. */
    char *copy = malloc(size + 1);
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    str text = str_make(copy, utf8_valid_prefix(str_make(copy, size)));
    str rest = text, line;
    while (str_next(&rest, '\n', &line)) check_label(line);
    check_document(text);
    free(copy);
    return 0;
}
