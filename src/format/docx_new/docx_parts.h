/* docx_parts: the parts of a new DOCX but for its main document: styles, settings, fonts, footers,
 * properties, and what ties them together. ECMA-376 parts 1 (transitional) and 2. */
#ifndef QW_FORMAT_DOCX_PARTS_H
#define QW_FORMAT_DOCX_PARTS_H

#include "base/out.h"
#include "format/docx_new/docx_images.h"
#include "format/docx_new/docx_layout.h"

/* The namespaces of a part's root element. */
#define DOCX_NAMESPACES                                                                            \
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""                    \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define DOCX_PROLOG "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

typedef struct docx_parts {
    const docx_layout *layout;
    str title;    /* may be empty */
    str language; /* BCP 47; may be empty */
    bool footnotes;
    docx_images images;
} docx_parts;

/* "Heading1". */
const char *docx_style_id(docx_style style);

/* The properties of a paragraph (17.3.1) after its style and before its outline level: whether it
 * is kept with the next, its spacing, indents and alignment. */
void docx_look_write(const docx_layout *l, const docx_look *look, out *to);

/* Each writes one part. */
void docx_content_types_write(const docx_parts *p, out *to);
void docx_package_relations_write(const docx_parts *p, out *to);
void docx_styles_write(const docx_parts *p, out *to);
void docx_settings_write(const docx_parts *p, out *to);
void docx_fonts_write(const docx_parts *p, out *to);
void docx_core_write(const docx_parts *p, out *to);
void docx_app_write(const docx_parts *p, out *to);

/* The footer of odd pages, or of even ones. */
void docx_footer_write(const docx_parts *p, bool even, out *to);

/* The relationships of the main document that every layout has; ids that start with "s". */
void docx_relations_write(const docx_parts *p, out *to);

/* Page size, margins, grid and footers (17.6): the end of the body. */
void docx_section_write(const docx_parts *p, out *to);

#endif
