/* docx_read_math: formulas (ECMA-376 part 1, 22.1) in one line, much as one types them in Word
 * (Unicode Technical Note 28): (a+b)/2, x_i^2, √(x+1), ∑_(i=1)^n x, ■(a&b@c&d). Only asked for by
 * qw_read_options; else a formula is its characters in order.
 *
 * What is open is a stack: an object, such as a fraction, and in it an operand, such as its
 * numerator. Each operand begins with a bracket, which goes when the operand turns out to be a
 * number or a word. What is put in stands for nothing in the part: its spans have no source. */
#include "format/docx_read/docx_read.h"

static const look plain = {0};

static math_frame *top(story *s) {
    return s->nmath ? &s->math[s->nmath - 1] : NULL;
}

static size_t length(const gatherer *g) {
    return g->n + g->only.n;
}

static void put(story *s, math_frame *f, str text) {
    gather_text(s, f->in, text, s->xml->off, 0, SPAN_TEXT, &plain);
}

static void take_back(story *s, math_frame *f, size_t at, size_t n) {
    gather_drop(f->in, at, n);
    if (s->brackets.in != f->in || s->brackets.from <= at) return;
    s->brackets.from -= n;
    s->brackets.to -= n;
}

/* ---- Objects --------------------------------------------------------------------------------- */

/* What is put before the operand and whether it is bracketed. */
typedef struct lead {
    const char *text;
    bool bracketed;
} lead;

static lead lead_of(const math_frame *object, uint16_t operand) {
    bool first = object->operands == 0;
    switch (object->name) {
    case XML_M_f: return (lead){first ? "" : object->stacked ? "¦" : "/", true};
    case XML_M_rad:
        if (operand == XML_M_deg) return (lead){"√(", false};
        return object->degree ? (lead){"&", false} : (lead){"√", true};
    case XML_M_m: return (lead){first ? "" : "@", false};
    case XML_M_mr: return (lead){first ? "" : "&", false};
    case XML_M_eqArr: return (lead){first ? "" : "@", false};
    case XML_M_func: return (lead){"", operand == XML_M_e};
    case XML_M_bar:
    case XML_M_groupChr:
    case XML_M_d: return (lead){"", object->name != XML_M_d};
    case XML_M_sPre:
        if (operand == XML_M_e) return (lead){")", true};
        break;
    default: break;
    }
    switch (operand) {
    case XML_M_sub: return (lead){"_", true};
    case XML_M_sup: return (lead){"^", true};
    case XML_M_lim: return (lead){object->name == XML_M_limUpp ? "^" : "_", true};
    default: return (lead){"", true};
    }
}

static bool is_object(uint16_t name) {
    switch (name) {
    case XML_M_f:
    case XML_M_rad:
    case XML_M_m:
    case XML_M_eqArr:
    case XML_M_func:
    case XML_M_bar:
    case XML_M_groupChr:
    case XML_M_d:
    case XML_M_nary:
    case XML_M_sSub:
    case XML_M_sSup:
    case XML_M_sSubSup:
    case XML_M_sPre:
    case XML_M_acc:
    case XML_M_limLow:
    case XML_M_limUpp: return true;
    default: return false;
    }
}

static bool is_operand(uint16_t name) {
    switch (name) {
    case XML_M_e:
    case XML_M_num:
    case XML_M_den:
    case XML_M_sub:
    case XML_M_sup:
    case XML_M_deg:
    case XML_M_lim:
    case XML_M_fName:
    case XML_M_mr: return true;
    default: return false;
    }
}

/* The characters that an object has unless it says otherwise (22.1.2). */
static math_frame object_of(uint16_t name) {
    math_frame f = {.name = name, .before = STR(""), .between = STR(""), .after = STR("")};
    switch (name) {
    case XML_M_d: f.before = STR("("), f.between = STR("|"), f.after = STR(")"); break;
    case XML_M_nary: f.before = STR("∫"); break;
    case XML_M_bar: f.before = STR("▁"); break;
    case XML_M_groupChr: f.before = STR("⏟"); break;
    case XML_M_acc: f.after = STR("\xCC\x82"); break;
    case XML_M_m: f.before = STR("■("), f.after = STR(")"); break;
    case XML_M_eqArr: f.before = STR("█("), f.after = STR(")"); break;
    case XML_M_sPre: f.before = STR("("); break;
    default: break;
    }
    return f;
}

/* A property of the object at work. */
static void read_property(story *s) {
    math_frame *object = top(s);
    str value = xml_attr(s->xml, XML_NS_M, "val");
    if (!object) return;
    if (!value.p) value = STR("");
    switch (s->xml->name) {
    case XML_M_begChr: object->before = value; break;
    case XML_M_sepChr: object->between = value; break;
    case XML_M_endChr: object->after = value; break;
    case XML_M_chr: *(object->name == XML_M_acc ? &object->after : &object->before) = value; break;
    case XML_M_pos:
        if (object->name == XML_M_bar && str_eq(value, STR("top"))) object->before = STR("¯");
        break;
    case XML_M_type: object->stacked = str_eq(value, STR("noBar")); break;
    default: break;
    }
}

/* ---- Operands -------------------------------------------------------------------------------- */

static bool begins_operator(const char *p, size_t n) {
    static const str operators[] = {STR_INIT("±"), STR_INIT("×"), STR_INIT("÷"), STR_INIT("·"),
                                    STR_INIT("√"), STR_INIT("¦"), STR_INIT("■"), STR_INIT("█")};
    uint8_t first = (uint8_t)p[0], second = n > 1 ? (uint8_t)p[1] : 0;
    if (first == 0xE2 && second >= 0x86 && second <= 0x8B) return true; /* U+2180 to U+22FF */
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_starts(str_make(p, n), operators[i])) return true;
    return false;
}

static bool is_word_byte(char c) {
    char low = (char)(c | 32);
    return (c >= '0' && c <= '9') || (low >= 'a' && low <= 'z') || c == '.';
}

/* A number, a name, a word: needs no brackets to be told from what stands beside it. */
static bool is_simple(str s) {
    enum { LONGEST = 64 };
    if (s.n > LONGEST) return false;
    for (size_t i = 0; i < s.n; i++) {
        bool ascii = (uint8_t)s.p[i] < 0x80;
        if (ascii ? !is_word_byte(s.p[i]) : begins_operator(s.p + i, s.n - i)) return false;
    }
    return true;
}

/* The text of an operand, its bracket left out. */
static str operand_text(const math_frame *f) {
    size_t from = f->start + f->bracketed;
    return f->in->n > from ? str_make(f->in->text + from, f->in->n - from) : STR("");
}

/* Nothing but one pair of brackets, or what is simple. */
static bool stands_alone(story *s, const math_frame *f) {
    bool brackets = s->brackets.in == f->in && s->brackets.from == f->start + 1 &&
                    s->brackets.to == length(f->in);
    return brackets || is_simple(operand_text(f));
}

/* Whether text would run on with a word or number before it. */
static bool goes_on(str text) {
    uint8_t first = text.n ? (uint8_t)text.p[0] : 0;
    size_t n = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return text.n && is_simple(str_cut(text, 0, n));
}

static bool is_at_tail(const story *s, const gatherer *in, size_t at) {
    return s->tail.in == in && s->tail.at == at && at > 0;
}

void story_math_text(story *s, gatherer *into) {
    const xml_reader *xml = s->xml;
    if (is_at_tail(s, into, length(into)) && goes_on(str_cut(xml->bytes, xml->at, xml->at + 4)))
        gather_text(s, into, STR(" "), xml->off, 0, SPAN_TEXT, &plain);
}

static void begin_operand(story *s, math_frame *f, math_frame *object) {
    lead l = lead_of(object, f->name);
    f->in = object->in;
    if (!object->operands) put(s, f, object->before);
    if (object->operands && object->name == XML_M_d) put(s, f, object->between);
    f->lead = length(f->in);
    put(s, f, str_of(l.text));
    f->start = length(f->in);
    f->bracketed = l.bracketed;
    if (l.bracketed) put(s, f, STR("("));
}

static void end_operand(story *s, math_frame *f, math_frame *object) {
    bool may_be_empty = object->name == XML_M_d || object->name == XML_M_m ||
                        object->name == XML_M_mr || object->name == XML_M_eqArr;
    object->operands++;
    if (length(f->in) == f->start + f->bracketed && !may_be_empty) {
        take_back(s, f, f->lead, length(f->in) - f->lead);
        return;
    }
    object->degree |= f->name == XML_M_deg;
    object->limits |= f->name == XML_M_sub || f->name == XML_M_sup;
    bool spaced = (object->name == XML_M_func || (object->name == XML_M_nary && object->limits)) &&
                  f->name == XML_M_e;
    if (!f->bracketed) return;
    if (!stands_alone(s, f)) {
        put(s, f, STR(")"));
        return;
    }
    bool word = goes_on(operand_text(f));
    char before = f->start ? f->in->text[f->start - 1] : ' ';
    bool factor = f->name == XML_M_num && is_word_byte(before); /* y 1/2, not y1/2 */
    if (word && (spaced || factor || is_at_tail(s, f->in, f->start)))
        f->in->text[f->start] = ' ';
    else
        take_back(s, f, f->start, 1);
    if (word) s->tail = (math_place){f->in, length(f->in)};
}

static void end_object(story *s, math_frame *f) {
    if (f->name == XML_M_rad && f->degree) put(s, f, STR(")"));
    if (f->operands) put(s, f, f->after);
    if (f->name == XML_M_d && f->before.n && f->after.n)
        s->brackets = (math_brackets){f->in, f->start, length(f->in)};
}

/* ---- The walk -------------------------------------------------------------------------------- */

void story_math_start(story *s, gatherer *into) {
    const xml_reader *xml = s->xml;
    math_frame *object = top(s), f = {0};
    bool operand = object && is_operand(xml->name) && object->depth + 1 == xml->depth;
    if (!operand && !is_object(xml->name)) {
        read_property(s);
        return;
    }
    if (s->nmath == MATH_DEPTH_MAX || !doc_ok(s->d)) return;
    if (!operand || xml->name == XML_M_mr) f = object_of(xml->name);
    f.name = xml->name;
    f.depth = xml->depth;
    f.in = object ? object->in : into;
    f.start = length(f.in);
    if (operand) begin_operand(s, &f, object);
    s->math[s->nmath++] = f;
}

void story_math_end(story *s) {
    math_frame f = s->math[--s->nmath], *object = top(s);
    if (!doc_ok(s->d)) return;
    if (is_operand(f.name) && object)
        end_operand(s, &f, object);
    else
        end_object(s, &f);
}
