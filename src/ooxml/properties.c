#include "ooxml/properties.h"

static uint8_t toggle_of(xml_reader *xml) {
    return xml_attr_on(xml) ? TOGGLE_ON : TOGGLE_OFF;
}

static bool is_white(xml_reader *xml) {
    str theme = xml_attr(xml, XML_NS_W, "themeColor");
    if (theme.n && !xml_attr(xml, XML_NS_W, "themeShade").n)
        return str_eq(theme, STR("background1")) || str_eq(theme, STR("light1"));
    return str_eq_nocase(xml_attr(xml, XML_NS_W, "val"), STR("FFFFFF"));
}

/* w14:textFill ([MS-DOCX] 2.6.1.13): text is painted with nothing, or with a colour of which 100 %
 * is left away. */
static bool is_clear(xml_reader *xml) {
    enum { NEARLY_ALL = 95000 }; /* thousandths of a per cent */
    uint32_t outside = xml->depth - 1;
    bool clear = false;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        clear |= xml->name == XML_W14_noFill;
        clear |=
            xml->name == XML_W14_alpha && xml_attr_int(xml, XML_NS_W14, "val", 0) >= NEARLY_ALL;
    }
    return clear;
}

static uint8_t ruled_of(xml_reader *xml) {
    return str_eq(xml_attr(xml, XML_NS_W, "val"), STR("none")) ? TOGGLE_OFF : TOGGLE_ON;
}

static int16_t spacing_of(xml_reader *xml) {
    long value = xml_attr_int(xml, XML_NS_W, "val", 0);
    return value >= INT16_MIN && value <= INT16_MAX ? (int16_t)value : 0;
}

bool read_run_properties(xml_reader *xml, run_properties *to) {
    uint32_t outside = xml->depth - 1;
    *to = (run_properties){0};
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_rStyle: to->style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_vanish: to->vanish = toggle_of(xml); break;
        case XML_W_b: to->bold = toggle_of(xml); break;
        case XML_W_u: to->ruled = ruled_of(xml); break;
        case XML_W_color: to->white = is_white(xml); break;
        case XML_W_w: to->narrow = xml_attr_int(xml, XML_NS_W, "val", 100) <= 5; break;
        case XML_W_sz: {
            long size = xml_attr_int(xml, XML_NS_W, "val", 0);
            to->size = size > 0 && size <= UINT16_MAX ? (uint16_t)size : 0;
            break;
        }
        case XML_W_spacing: to->spacing = spacing_of(xml); break;
        case XML_W14_textFill: to->clear = is_clear(xml); break;
        case XML_W_ins:
        case XML_W_moveTo: to->inserted = true; break;
        case XML_W_del:
        case XML_W_moveFrom: to->deleted = true; break;
        case XML_W_rPrChange: xml_skip(xml); break;
        default: break;
        }
    }
    return !xml->failed;
}

static uint8_t alignment_of(str value) {
    static const struct {
        str name;
        uint8_t align;
    } names[] = {
        {STR_INIT("left"), ALIGNED_START},      {STR_INIT("start"), ALIGNED_START},
        {STR_INIT("center"), ALIGNED_CENTRE},   {STR_INIT("right"), ALIGNED_END},
        {STR_INIT("end"), ALIGNED_END},         {STR_INIT("both"), ALIGNED_BOTH},
        {STR_INIT("distribute"), ALIGNED_BOTH},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(value, names[i].name)) return names[i].align;
    return ALIGNED_UNSET;
}

/* w:numPr. WPS writes two of them at times; the first one counts. */
static void read_numbering(xml_reader *xml, paragraph_properties *to) {
    uint32_t outside = xml->depth - 1;
    bool second = to->num_id >= 0 || to->num_level >= 0;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START || second) continue;
        long value = xml_attr_int(xml, XML_NS_W, "val", -1);
        if (xml->name == XML_W_numId) to->num_id = value;
        if (xml->name == XML_W_ilvl) to->num_level = value;
    }
}

/* w:spacing: lines of a point or less, whatever stands in them (17.3.1.33). */
static bool is_flat(xml_reader *xml) {
    return str_eq(xml_attr(xml, XML_NS_W, "lineRule"), STR("exact")) &&
           xml_attr_int(xml, XML_NS_W, "line", 240) <= 20;
}

/* A frame's place on one axis, which ends before the page does or begins beyond the largest page
 * that Word has. An alignment takes precedence (17.3.1.11). */
static bool is_beyond(xml_reader *xml, const char *place, const char *size, const char *align) {
    enum { LARGEST = 31680, MARGIN = 2880 }; /* twips: 22 and 2 inches */
    long at = xml_attr_int(xml, XML_NS_W, place, 0), room = xml_attr_int(xml, XML_NS_W, size, 0);
    if (xml_attr(xml, XML_NS_W, align).n) return false;
    return at >= LARGEST || (at < 0 && at + (room > 0 ? room : 2 * MARGIN) + MARGIN <= 0);
}

static bool is_off_page(xml_reader *xml) {
    return is_beyond(xml, "x", "w", "xAlign") || is_beyond(xml, "y", "h", "yAlign");
}

bool read_paragraph_properties(xml_reader *xml, paragraph_properties *to) {
    uint32_t outside = xml->depth - 1;
    *to = (paragraph_properties){.num_id = -1, .num_level = -1};
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_pStyle: to->style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_numPr: read_numbering(xml, to); break;
        case XML_W_jc: to->align = alignment_of(xml_attr(xml, XML_NS_W, "val")); break;
        case XML_W_outlineLvl: {
            long level = xml_attr_int(xml, XML_NS_W, "val", 9);
            to->outline = level >= 0 && level < 9 ? (uint8_t)(level + 1) : 0;
            break;
        }
        case XML_W_rPr: read_run_properties(xml, &to->mark); break;
        case XML_W_spacing: to->unseen |= is_flat(xml); break;
        case XML_W_framePr: to->unseen |= is_off_page(xml); break;
        case XML_W_sectPr:
            to->section = true;
            xml_skip(xml);
            break;
        case XML_W_pPrChange: xml_skip(xml); break;
        default: break;
        }
    }
    return !xml->failed;
}
