/* docx_place: how a paragraph of a new DOCX stands when its role alone does not say. */
#include "format/docx_new/docx_layout.h"
#include "format/inline.h"

docx_style docx_style_of(const block *b) {
    static const uint8_t styles[QW_ROLES] = {
        [QW_ROLE_BODY] = STYLE_NORMAL,
        [QW_ROLE_TITLE] = STYLE_TITLE,
        [QW_ROLE_SUBTITLE] = STYLE_SUBTITLE,
        [QW_ROLE_SALUTATION] = STYLE_SALUTATION,
        [QW_ROLE_HEADING] = STYLE_HEADING,
        [QW_ROLE_RUNIN] = STYLE_NORMAL,
        [QW_ROLE_LIST] = STYLE_LIST,
        [QW_ROLE_CAPTION] = STYLE_CAPTION,
        [QW_ROLE_ATTACHMENT] = STYLE_ATTACHMENT,
        [QW_ROLE_SIGNATURE] = STYLE_SIGNATURE,
        [QW_ROLE_DATE] = STYLE_DATE,
        [QW_ROLE_NOTE] = STYLE_NOTE,
    };
    if (b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE) return STYLE_FOOTNOTE;
    if (b->role >= QW_ROLES) return STYLE_NORMAL;
    if (b->role != QW_ROLE_HEADING) return (docx_style)styles[b->role];
    unsigned level = b->level == 0 ? 1 : b->level > HEADING_STYLES ? HEADING_STYLES : b->level;
    return (docx_style)(STYLE_HEADING + level - 1);
}

/* Hundredths of a full-width character that text takes, about: of ASCII, letters and digits are
 * half as wide, points and blanks a quarter. */
static int width_of(str s) {
    int width = 0;
    for (size_t i = 0; i < s.n && i < 4096; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0xC0)
            width += 100;
        else if (c < 0x80)
            width += c == ' ' || c == '.' || c == ',' ? 25 : 50;
    }
    return width;
}

/* The text paragraph next to one, in a direction, blank ones passed over; NULL when none is near.
 */
static const block *neighbour(const doc *d, uint32_t index, int step) {
    enum { NEAR = 8 };
    int64_t i = index;
    for (int n = 0; n < NEAR; n++) {
        i += step;
        if (i < 0 || i >= (int64_t)d->nblocks) return NULL;
        const block *b = &d->blocks[i];
        if (block_is_text(b) && !block_is_blank(b)) return b;
    }
    return NULL;
}

static bool has_role(const block *b, qw_role role) {
    return b && b->role == role;
}

/* GB/T 9704-2012, 7.3.5: without a seal, the issuer stands two characters from the right, and the
 * date starts two characters right of where the issuer starts; when the date is the longer one, it
 * is the date that stands two from the right. With a seal, the date stands four from the right and
 * the issuer centred over it. */
static int signature_right(const docx_layout *l, int issuer, int date) {
    if (l->sealed) return issuer < date ? 400 + (date - issuer) / 2 : 400 - (issuer - date) / 2;
    return issuer >= date ? 200 : 200 + date - issuer + 200;
}

static int date_right(const docx_layout *l, int issuer, int date) {
    if (l->sealed) return 400;
    return issuer > date ? issuer - date : 200;
}

static void place_signature(docx_place *p, const docx_layout *l, const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    const block *before = neighbour(d, index, -1), *after = neighbour(d, index, 1);
    int right;
    if (b->role == QW_ROLE_SIGNATURE)
        right = signature_right(l, width_of(b->text),
                                has_role(after, QW_ROLE_DATE) ? width_of(after->text) : 0);
    else
        right = has_role(before, QW_ROLE_SIGNATURE)
                    ? date_right(l, width_of(before->text), width_of(b->text))
                    : 200;
    p->look.right = (int16_t)(right < 0 ? 0 : right > 1600 ? 1600 : right);
    p->look.keep_next = b->role == QW_ROLE_SIGNATURE;
    bool first = !has_role(before, QW_ROLE_SIGNATURE) && !has_role(before, QW_ROLE_DATE);
    p->look.before = first ? l->line : 0;
}

/* Bytes of "附件：" or "附件:" at the start; 0 without. */
static size_t attachment_head(str s) {
    if (str_starts(s, STR("附件："))) return strlen("附件：");
    return str_starts(s, STR("附件:")) ? strlen("附件:") : 0;
}

/* Bytes of "1." or "12．" and the blanks after it. */
static size_t attachment_number(str s) {
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9') n++;
    size_t digits = n;
    if (n == 0) return 0;
    if (n < s.n && s.p[n] == '.') n++;
    if (str_starts(str_cut(s, n, s.n), STR("．"))) n += strlen("．");
    if (n == digits) return 0;
    while (n < s.n && s.p[n] == ' ') n++;
    return n;
}

/* Nothing but 附件 and a number. */
static bool is_attachment_mark(str s) {
    s = str_trim(s);
    if (!str_starts(s, STR("附件"))) return false;
    for (size_t i = strlen("附件"); i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != ' ') return false;
    return true;
}

/* GB/T 9704-2012, 7.3.4: a line below the text, two characters from the left; names of more than a
 * line are aligned with their first character. */
static void place_attachment(docx_place *p, const docx_layout *l, const doc *d, uint32_t index) {
    str text = d->blocks[index].text;
    if (is_attachment_mark(text)) {
        p->style = STYLE_ATTACHMENT_MARK;
        p->look = l->looks[STYLE_ATTACHMENT_MARK];
        p->direct = false;
        return;
    }
    size_t head = attachment_head(text);
    size_t number = attachment_number(str_cut(text, head, text.n));
    bool first = !has_role(neighbour(d, index, -1), QW_ROLE_ATTACHMENT);
    int hang = width_of(str_cut(text, 0, head + number));
    int start = head || first ? 200 : 200 + width_of(STR("附件："));
    p->look.left = (int16_t)(start + hang);
    p->look.first = (int16_t)-hang;
    p->look.before = first ? l->line : 0;
}

/* A title of more than a line is indented on both sides so that its lines are about as long: not
 * one character alone on the last (GB/T 9704-2012, 7.3.1: the lines in a trapezoid or a diamond).
 */
static void place_title(docx_place *p, const docx_layout *l, str text) {
    int room = (A4_WIDTH - l->left - l->right) * 10 / p->look.size, width = width_of(text);
    if (width <= room || str_find_byte(text, '\n', 0) != STR_NONE) return;
    int lines = (width + room - 1) / room;
    int longest = (width / lines + 199) / 100 * 100; /* a character more than the mean */
    if (longest >= room) return;
    p->direct = true;
    p->look.left = p->look.right = (int16_t)((room - longest) / 2);
}

/* Text that brings its own indent of full-width blanks gets no second one. */
static bool brings_indent(str s) {
    return str_starts(s, STR("　")) || str_starts(s, STR("  ")) || str_starts(s, STR("\t"));
}

/* A picture needs a line as high as it is; alone, it stands in the middle. */
static void place_image(docx_place *p, const block *b) {
    p->direct = true;
    p->look.single = true;
    if (str_trim(b->text).n) return;
    p->look.first = 0;
    p->look.align = ALIGN_CENTRE;
}

static bool has_image(const block *b) {
    for (size_t i = 0; b->more && i < b->more->nspans; i++)
        if (b->more->spans[i].kind == SPAN_IMAGE) return true;
    return false;
}

/* ---- The head and the foot of an official document ------------------------------------------- */

/* 某政发〔2024〕12号 */
static bool is_document_number(str s) {
    bool year = str_find(s, STR("〔"), 0) != STR_NONE || str_find(s, STR("["), 0) != STR_NONE ||
                str_find(s, STR("［"), 0) != STR_NONE || str_find(s, STR("【"), 0) != STR_NONE;
    return s.n <= 90 && str_ends(s, STR("号")) && year;
}

static bool starts_with_one(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_starts(s, word)) return true;
    return false;
}

static bool is_copy_number(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n == 6;
}

/* What a paragraph before the title is, by its text; STYLE_NORMAL: nothing of the head. */
static docx_style style_in_head(const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    str s = str_trim(b->text);
    if (b->role != QW_ROLE_BODY || b->region != REGION_BODY || s.n > 120) return STYLE_NORMAL;
    if (is_document_number(s) || starts_with_one(s, "签发人：|签发人:"))
        return STYLE_DOCUMENT_NUMBER;
    if (is_copy_number(s) ||
        (s.n <= 30 && starts_with_one(s, "绝密|机密|秘密|特急|加急|平急|特提")))
        return STYLE_MARKING;
    const block *after = neighbour(d, index, 1);
    bool names = after && after->role == QW_ROLE_BODY && is_document_number(str_trim(after->text));
    return names && width_of(s) <= 2400 && !str_ends(s, STR("。")) ? STYLE_RED_HEAD : STYLE_NORMAL;
}

/* All that stands between it and the title is of the head too. */
docx_style docx_head_style(const doc *d, uint32_t index) {
    enum { NEAR = 16 };
    docx_style style = style_in_head(d, index);
    for (uint32_t i = index + 1; style != STYLE_NORMAL && i < d->nblocks && i <= index + NEAR;
         i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b) || block_is_blank(b)) continue;
        if (b->role == QW_ROLE_TITLE) return style;
        if (style_in_head(d, i) == STYLE_NORMAL) break;
    }
    return STYLE_NORMAL;
}

/* 7.2.4: the issuer's name fills no more than a line. 7.2.5, 7.2.7: a red rule as wide as the text
 * 4 mm below the number, or below who signed, where that is the last. */
static void place_head(docx_place *p, const docx_layout *l, const doc *d, uint32_t index) {
    str s = str_trim(d->blocks[index].text);
    const block *before = neighbour(d, index, -1), *after = neighbour(d, index, 1);
    p->look = l->looks[p->style];
    if (p->style == STYLE_MARKING) return;
    p->direct = true;
    if (p->style == STYLE_RED_HEAD) {
        int room = (A4_WIDTH - l->left - l->right) * 10, width = width_of(s);
        int size = width > 0 ? room / (width + 50) : p->look.size;
        if (size < p->look.size) p->look.size = (uint8_t)(size < 44 ? 44 : size);
        for (uint32_t i = index; i-- > 0 && p->look.before >= l->line;)
            if (style_in_head(d, i) == STYLE_MARKING) p->look.before -= l->line;
        return;
    }
    bool signer = starts_with_one(s, "签发人");
    if (signer) p->look.align = ALIGN_END, p->look.right = 100;
    if (!signer && before) p->look.before = (uint16_t)(2 * l->line);
    if (has_role(after, QW_ROLE_TITLE)) {
        p->look.below = 12;
        p->look.below_space = 11;
    }
}

bool docx_is_imprint(str text) {
    str s = str_trim(text);
    return starts_with_one(s, "抄送|抄报|主送") || str_ends(s, STR("印发")) ||
           str_ends(s, STR("印發"));
}

/* 7.4.2: what does not fit stands under the first name. */
static void place_imprint(docx_place *p, const docx_layout *l, str text) {
    p->style = STYLE_IMPRINT;
    p->look = l->looks[STYLE_IMPRINT];
    if (!starts_with_one(str_trim(text), "抄送|抄报|主送")) return;
    p->direct = true;
    p->look.left = 300; /* 抄送： */
    p->look.first = -300;
}

/* 7.3.1: the title stands two lines below the red rule; 7.3.7: that of an attachment on the third
 * line of its page. */
static void place_after(docx_place *p, const docx_layout *l, const doc *d, uint32_t index) {
    const block *before = neighbour(d, index, -1);
    if (!l->official || !before) return;
    bool head = docx_head_style(d, (uint32_t)(before - d->blocks)) != STYLE_NORMAL;
    if (!head && !(before->role == QW_ROLE_ATTACHMENT && is_attachment_mark(before->text))) return;
    p->direct = true;
    p->look.before = (uint16_t)(head ? 2 * l->line : l->line);
}

/* What a notice sends round has a page of its own. */
static void place_sent(docx_place *p, const docx_layout *l, const doc *d, uint32_t index) {
    const block *before = neighbour(d, index, -1);
    bool ended = has_role(before, QW_ROLE_DATE) || has_role(before, QW_ROLE_SIGNATURE) ||
                 has_role(before, QW_ROLE_NOTE);
    if (!l->official || !ended) return;
    p->direct = true;
    p->look.new_page = true;
}

docx_place docx_place_of(const docx_layout *l, const doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    docx_place p = {.style = docx_style_of(b)};
    bool dates = p.style != STYLE_FOOTNOTE && block_dates_title(d, index);
    if (dates) p.style = STYLE_SUBTITLE;
    p.look = l->looks[p.style];
    if (dates) return p;
    if (p.style == STYLE_FOOTNOTE) {
        /* Its place is the foot of the page, whatever its text looks like. */
    } else if (l->official && (b->role == QW_ROLE_SIGNATURE || b->role == QW_ROLE_DATE)) {
        p.direct = true;
        place_signature(&p, l, d, index);
    } else if (l->official && b->role == QW_ROLE_ATTACHMENT) {
        p.direct = true;
        place_attachment(&p, l, d, index);
    } else if (l->official && b->role == QW_ROLE_NOTE && docx_is_imprint(b->text)) {
        place_imprint(&p, l, b->text);
    } else if (l->official && b->role == QW_ROLE_BODY &&
               (p.style = docx_head_style(d, index)) != STYLE_NORMAL) {
        place_head(&p, l, d, index);
    } else if (p.style == STYLE_TITLE) {
        place_title(&p, l, b->text);
        place_after(&p, l, d, index);
        place_sent(&p, l, d, index);
        if (has_role(neighbour(d, index, 1), QW_ROLE_TITLE)) { /* one title in several lines */
            p.direct = true;
            p.look.after = 0;
        }
    } else if (p.look.first > 0 && brings_indent(b->text)) {
        p.direct = true;
        p.look.first = 0;
    } else if (p.style == STYLE_NORMAL && b->role == QW_ROLE_BODY && b->more &&
               (b->more->align == ALIGN_CENTRE || b->more->align == ALIGN_END)) {
        p.direct = true;
        p.look.align = b->more->align;
        p.look.first = 0;
    } else if (p.style == STYLE_LIST && b->more && b->more->list_level) {
        p.direct = true;
        unsigned level = b->more->list_level < 9 ? b->more->list_level : 9;
        p.look.left = (int16_t)(p.look.left + 200 * (int)level);
    }
    if (has_image(b)) place_image(&p, b);
    return p;
}
