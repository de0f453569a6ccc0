#include "format/docx_new/docx_parts.h"

#define OPC     "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/"
#define WML     "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PACKAGE "application/vnd.openxmlformats-package."

/* ---- What ties the parts together (ECMA-376 part 2) ------------------------------------------ */

static void override(const char *name, const char *type, out *to) {
    out_printf(to, "<Override PartName=\"%s\" ContentType=\"%s\"/>", name, type);
}

void docx_content_types_write(const docx_parts *p, out *to) {
    out_text(to, DOCX_PROLOG "<Types xmlns=\"" OPC "content-types\">"
                             "<Default Extension=\"rels\" ContentType=\"" PACKAGE
                             "relationships+xml\"/>"
                             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
    override("/word/document.xml", WML "document.main+xml", to);
    override("/word/styles.xml", WML "styles+xml", to);
    override("/word/settings.xml", WML "settings+xml", to);
    override("/word/fontTable.xml", WML "fontTable+xml", to);
    if (p->layout->page_number != PAGE_NUMBER_NONE)
        override("/word/footer1.xml", WML "footer+xml", to);
    if (p->layout->page_number == PAGE_NUMBER_OUTSIDE)
        override("/word/footer2.xml", WML "footer+xml", to);
    if (p->footnotes) override("/word/footnotes.xml", WML "footnotes+xml", to);
    for (size_t i = 0; i < p->images.nmedia; i++) {
        out_printf(to, "<Override PartName=\"/%s\" ContentType=\"", p->images.media[i].name);
        out_xml(to, p->images.media[i].type);
        out_text(to, "\"/>");
    }
    override("/docProps/core.xml", PACKAGE "core-properties+xml", to);
    override("/docProps/app.xml",
             "application/vnd.openxmlformats-officedocument.extended-properties+xml", to);
    out_text(to, "</Types>");
}

static void tie(const char *id, const char *type, const char *target, out *to) {
    out_printf(to, "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>", id, type, target);
}

void docx_package_relations_write(const docx_parts *p, out *to) {
    (void)p;
    out_text(to, DOCX_PROLOG "<Relationships xmlns=\"" OPC "relationships\">");
    tie("r1", OFFICE "relationships/officeDocument", "word/document.xml", to);
    tie("r2", OPC "relationships/metadata/core-properties", "docProps/core.xml", to);
    tie("r3", OFFICE "relationships/extended-properties", "docProps/app.xml", to);
    out_text(to, "</Relationships>");
}

void docx_relations_write(const docx_parts *p, out *to) {
    tie("s1", OFFICE "relationships/styles", "styles.xml", to);
    tie("s2", OFFICE "relationships/settings", "settings.xml", to);
    tie("s3", OFFICE "relationships/fontTable", "fontTable.xml", to);
    if (p->layout->page_number != PAGE_NUMBER_NONE)
        tie("s4", OFFICE "relationships/footer", "footer1.xml", to);
    if (p->layout->page_number == PAGE_NUMBER_OUTSIDE)
        tie("s5", OFFICE "relationships/footer", "footer2.xml", to);
    for (size_t i = 0; i < p->images.nmedia; i++)
        out_printf(
            to, "<Relationship Id=\"m%zu\" Type=\"" OFFICE "relationships/image\" Target=\"/%s\"/>",
            i + 1, p->images.media[i].name);
    if (p->footnotes) tie("s6", OFFICE "relationships/footnotes", "footnotes.xml", to);
}

/* ---- Properties ------------------------------------------------------------------------------ */

/* No author and no dates: the same text gives the same bytes, whoever writes it and when. */
void docx_core_write(const docx_parts *p, out *to) {
    out_text(to, DOCX_PROLOG "<cp:coreProperties xmlns:cp=\"" OPC "metadata/core-properties\""
                             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">");
    if (p->title.n) {
        out_text(to, "<dc:title>");
        out_xml(to, p->title);
        out_text(to, "</dc:title>");
    }
    out_text(to, "</cp:coreProperties>");
}

void docx_app_write(const docx_parts *p, out *to) {
    (void)p;
    out_text(to, DOCX_PROLOG "<Properties xmlns=\"" OFFICE "extended-properties\">"
                             "<Application>qingwen</Application></Properties>");
}

/* ---- Settings and fonts ---------------------------------------------------------------------- */

/* 17.15.1. Compatibility mode 15 is what Word 2013 and later call their own. */
void docx_settings_write(const docx_parts *p, out *to) {
    out_text(to, DOCX_PROLOG "<w:settings" DOCX_NAMESPACES "><w:zoom w:percent=\"100\"/>");
    if (p->layout->page_number == PAGE_NUMBER_OUTSIDE) out_text(to, "<w:evenAndOddHeaders/>");
    out_text(to, "<w:characterSpacingControl w:val=\"compressPunctuation\"/>");
    if (p->footnotes)
        out_text(to, "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/>"
                     "</w:footnotePr>");
    out_text(to, "<w:compat><w:compatSetting w:name=\"compatibilityMode\""
                 " w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                 "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
                 "</w:settings>");
}

/* 17.8.3: by their other name, fonts are found where the first is not installed. */
void docx_fonts_write(const docx_parts *p, out *to) {
    const docx_typeface *face;
    out_text(to, DOCX_PROLOG "<w:fonts" DOCX_NAMESPACES ">");
    for (size_t i = 0; (face = docx_layout_face(p->layout, i)); i++) {
        out_text(to, "<w:font w:name=\"");
        out_xml(to, face->chinese);
        out_text(to, "\"><w:altName w:val=\"");
        out_xml(to, face->substitute);
        out_text(to, "\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/>"
                     "<w:pitch w:val=\"default\"/></w:font>");
    }
    out_text(to, "</w:fonts>");
}

/* ---- Page ------------------------------------------------------------------------------------ */

static void write_number(const char *before, const char *after, out *to) {
    out_printf(to,
               "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>"
               "<w:t xml:space=\"preserve\">%s</w:t></w:r>",
               before);
    out_text(to, "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    out_printf(to,
               "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>"
               "<w:t xml:space=\"preserve\">%s</w:t></w:r>",
               after);
}

void docx_footer_write(const docx_parts *p, bool even, out *to) {
    docx_look look = p->layout->looks[STYLE_FOOTER];
    bool outside = p->layout->page_number == PAGE_NUMBER_OUTSIDE;
    if (outside) {
        look.align = even ? ALIGN_START : ALIGN_END;
        if (even)
            look.left = 100;
        else
            look.right = 100;
    }
    out_text(to, DOCX_PROLOG "<w:ftr" DOCX_NAMESPACES "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/>");
    docx_look_write(p->layout, &look, to);
    out_text(to, "</w:pPr>");
    write_number(outside ? "— " : "", outside ? " —" : "", to);
    out_text(to, "</w:p></w:ftr>");
}

void docx_section_write(const docx_parts *p, out *to) {
    const docx_layout *l = p->layout;
    out_text(to, "<w:sectPr>");
    if (l->page_number == PAGE_NUMBER_OUTSIDE)
        out_text(to, "<w:footerReference w:type=\"even\" r:id=\"s5\"/>");
    if (l->page_number != PAGE_NUMBER_NONE)
        out_text(to, "<w:footerReference w:type=\"default\" r:id=\"s4\"/>");
    out_printf(to, "<w:pgSz w:w=\"%d\" w:h=\"%d\"/>", A4_WIDTH, A4_HEIGHT);
    out_printf(to,
               "<w:pgMar w:top=\"%u\" w:right=\"%u\" w:bottom=\"%u\" w:left=\"%u\" w:header=\"851\""
               " w:footer=\"%u\" w:gutter=\"0\"/>",
               l->top, l->right, l->bottom, l->left, l->footer);
    if (l->exact) out_printf(to, "<w:docGrid w:type=\"lines\" w:linePitch=\"%u\"/>", l->line);
    out_text(to, "</w:sectPr>");
}
