/* docx_notes: word/footnotes.xml of a new DOCX (ECMA-376 part 1, 17.11). */
#include "format/docx_new/docx_body.h"

#include <stdlib.h>

static bool is_note(const block *b) {
    return block_is_text(b) && (b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE);
}

static bool begins_note(const block *b) {
    return is_note(b) && b->more && b->more->link.n;
}

static int by_id(const void *x, const void *y) {
    const docx_note *a = x, *b = y;
    int order = str_cmp(a->id, b->id);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

bool docx_notes_find(doc *d, docx_notes *notes) {
    *notes = (docx_notes){0};
    for (size_t i = 0; i < d->nblocks; i++) notes->n += begins_note(&d->blocks[i]);
    if (!notes->n) return true;
    notes->list = arena_alloc(d->mem, notes->n * sizeof *notes->list);
    if (!notes->list) return false;
    uint32_t number = 0;
    for (uint32_t i = 0; i < d->nblocks; i++) {
        if (!begins_note(&d->blocks[i])) continue;
        notes->list[number] = (docx_note){d->blocks[i].more->link, i, number + 1};
        number++;
    }
    qsort(notes->list, notes->n, sizeof *notes->list, by_id);
    return true;
}

/* The two lines that Word puts between text and notes are notes too (17.11.1). */
static const char separators[] =
    "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p>"
    "</w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r>"
    "<w:continuationSeparator/></w:r></w:p></w:footnote>";

void docx_footnotes_write(docx_body *b) {
    const doc *d = b->d;
    unsigned number = 0;
    out_text(b->to, DOCX_PROLOG "<w:footnotes" DOCX_NAMESPACES ">");
    out_text(b->to, separators);
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *k = &d->blocks[i];
        bool begins = begins_note(k);
        if (!is_note(k) || (!begins && !number)) continue;
        if (begins && number) out_text(b->to, "</w:footnote>");
        if (begins) out_printf(b->to, "<w:footnote w:id=\"%u\">", ++number);
        docx_paragraph_write(b, i, false, begins);
    }
    if (number) out_text(b->to, "</w:footnote>");
    out_text(b->to, "</w:footnotes>");
}
