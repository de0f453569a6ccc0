/* docx_layouts: the layouts there are. A style is told as font, size in half-points and alignment;
 * indents are in hundredths of a character, all other lengths in twips. */
#include "format/docx_new/docx_layout.h"

#define HEADING(n) [STYLE_HEADING + (n)-1]

const docx_layout docx_layouts[] = {
    {
        .name = "plain",
        .top = 1440,
        .right = 1800,
        .bottom = 1440,
        .left = 1800,
        .footer = 992,
        .line = 360, /* one and a half */
        .fonts =
            {
                [FONT_BODY] = {STR_INIT("宋体"), STR_INIT("SimSun"), STR_INIT("Times New Roman")},
                [FONT_TITLE] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Arial")},
                [FONT_HEAD] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Arial")},
                [FONT_KAI] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Arial")},
                [FONT_PAGE] = {STR_INIT("宋体"), STR_INIT("SimSun"), STR_INIT("Times New Roman")},
            },
        .looks =
            {
                [STYLE_NORMAL] =
                    {.font = FONT_BODY, .size = 24, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_TITLE] = {.font = FONT_TITLE,
                                 .size = 36,
                                 .align = ALIGN_CENTRE,
                                 .before = 240,
                                 .after = 240,
                                 .keep_next = true},
                [STYLE_SUBTITLE] = {.font = FONT_BODY,
                                    .size = 28,
                                    .align = ALIGN_CENTRE,
                                    .after = 240,
                                    .keep_next = true},
                [STYLE_SALUTATION] = {.font = FONT_BODY, .size = 24},
                HEADING(1) =
                    {.font = FONT_HEAD, .size = 30, .before = 240, .after = 120, .keep_next = true},
                HEADING(2) =
                    {.font = FONT_HEAD, .size = 28, .before = 180, .after = 60, .keep_next = true},
                HEADING(3) =
                    {.font = FONT_HEAD, .size = 26, .before = 120, .after = 60, .keep_next = true},
                HEADING(4) = {.font = FONT_HEAD, .size = 24, .before = 120, .keep_next = true},
                HEADING(5) = {.font = FONT_HEAD, .size = 24, .before = 60, .keep_next = true},
                HEADING(6) = {.font = FONT_HEAD, .size = 24, .before = 60, .keep_next = true},
                [STYLE_LIST] =
                    {.font = FONT_BODY, .size = 24, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_CAPTION] = {.font = FONT_HEAD, .size = 21, .align = ALIGN_CENTRE},
                [STYLE_ATTACHMENT] = {.font = FONT_BODY, .size = 24, .first = 200},
                [STYLE_ATTACHMENT_MARK] = {.font = FONT_HEAD, .size = 24, .new_page = true},
                [STYLE_SIGNATURE] = {.font = FONT_BODY,
                                     .size = 24,
                                     .align = ALIGN_END,
                                     .before = 240,
                                     .right = 200},
                [STYLE_DATE] = {.font = FONT_BODY, .size = 24, .align = ALIGN_END, .right = 200},
                [STYLE_NOTE] = {.font = FONT_BODY, .size = 24, .first = 200},
                [STYLE_TABLE] = {.font = FONT_BODY, .size = 21, .single = true},
                [STYLE_FOOTNOTE] = {.font = FONT_BODY, .size = 18, .single = true},
                [STYLE_FOOTER] =
                    {.font = FONT_PAGE, .size = 18, .align = ALIGN_CENTRE, .single = true},
            },
    },
    {
        .name = "report",
        .top = 1440,
        .right = 1588,
        .bottom = 1440,
        .left = 1588,
        .footer = 992,
        .line = 500,
        .exact = true, /* 25 points */
        .page_number = PAGE_NUMBER_CENTRE,
        .fonts =
            {
                [FONT_BODY] = {STR_INIT("宋体"), STR_INIT("SimSun"), STR_INIT("Times New Roman")},
                [FONT_TITLE] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Times New Roman")},
                [FONT_HEAD] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Times New Roman")},
                [FONT_KAI] = {STR_INIT("楷体"), STR_INIT("KaiTi"), STR_INIT("Times New Roman")},
                [FONT_PAGE] = {STR_INIT("宋体"), STR_INIT("SimSun"), STR_INIT("Times New Roman")},
            },
        .looks =
            {
                [STYLE_NORMAL] =
                    {.font = FONT_BODY, .size = 28, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_TITLE] = {.font = FONT_TITLE,
                                 .size = 44,
                                 .align = ALIGN_CENTRE,
                                 .after = 500,
                                 .keep_next = true},
                [STYLE_SUBTITLE] = {.font = FONT_KAI,
                                    .size = 30,
                                    .align = ALIGN_CENTRE,
                                    .after = 250,
                                    .keep_next = true},
                [STYLE_SALUTATION] = {.font = FONT_BODY, .size = 28},
                HEADING(1) =
                    {.font = FONT_HEAD, .size = 32, .first = 200, .before = 120, .keep_next = true},
                HEADING(2) =
                    {.font = FONT_KAI, .size = 30, .first = 200, .bold = true, .keep_next = true},
                HEADING(3) =
                    {.font = FONT_BODY, .size = 28, .first = 200, .bold = true, .keep_next = true},
                HEADING(4) = {.font = FONT_BODY, .size = 28, .first = 200, .keep_next = true},
                HEADING(5) = {.font = FONT_BODY, .size = 28, .first = 200, .keep_next = true},
                HEADING(6) = {.font = FONT_BODY, .size = 28, .first = 200, .keep_next = true},
                [STYLE_LIST] =
                    {.font = FONT_BODY, .size = 28, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_CAPTION] = {.font = FONT_HEAD, .size = 24, .align = ALIGN_CENTRE},
                [STYLE_ATTACHMENT] = {.font = FONT_BODY, .size = 28, .first = 200},
                [STYLE_ATTACHMENT_MARK] = {.font = FONT_HEAD, .size = 28, .new_page = true},
                [STYLE_SIGNATURE] = {.font = FONT_BODY,
                                     .size = 28,
                                     .align = ALIGN_END,
                                     .before = 500,
                                     .right = 200},
                [STYLE_DATE] = {.font = FONT_BODY, .size = 28, .align = ALIGN_END, .right = 200},
                [STYLE_NOTE] = {.font = FONT_BODY, .size = 28, .first = 200},
                [STYLE_TABLE] = {.font = FONT_BODY, .size = 24, .single = true},
                [STYLE_FOOTNOTE] = {.font = FONT_BODY, .size = 18, .single = true},
                [STYLE_FOOTER] =
                    {.font = FONT_PAGE, .size = 21, .align = ALIGN_CENTRE, .single = true},
            },
    },
    {
        /* GB/T 9704-2012. 5.2.1: margins 37 and 28 mm, type area 156 by 225 mm. 5.2.2, 5.2.3: size
         * 3 (16 pt) 仿宋, 22 lines of 28 characters; 225 mm / 22 = 28.99 pt, so 28.95 pt. 7.3.1 to
         * 7.3.3: title 小标宋 size 2 (22 pt), levels 黑体, 楷体, 仿宋, 仿宋. 7.5: page number size
         * 4 (14 pt) 宋体, its dash 7 mm below the type area, one character from the outer edge. */
        .name = "gongwen",
        .top = 2098,
        .right = 1474,
        .bottom = 1984,
        .left = 1588,
        .footer = 1446,
        .line = 579,
        .exact = true,
        .official = true,
        .line_characters = 28,
        .page_number = PAGE_NUMBER_OUTSIDE,
        .fonts =
            {
                [FONT_BODY] = {STR_INIT("仿宋_GB2312"), STR_INIT("仿宋"),
                               STR_INIT("Times New Roman")},
                [FONT_TITLE] = {STR_INIT("方正小标宋简体"), STR_INIT("华文中宋"),
                                STR_INIT("Times New Roman")},
                [FONT_HEAD] = {STR_INIT("黑体"), STR_INIT("SimHei"), STR_INIT("Times New Roman")},
                [FONT_KAI] = {STR_INIT("楷体_GB2312"), STR_INIT("楷体"),
                              STR_INIT("Times New Roman")},
                [FONT_PAGE] = {STR_INIT("宋体"), STR_INIT("SimSun"), STR_INIT("宋体")},
            },
        .looks =
            {
                [STYLE_NORMAL] =
                    {.font = FONT_BODY, .size = 32, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_TITLE] = {.font = FONT_TITLE,
                                 .size = 44,
                                 .align = ALIGN_CENTRE,
                                 .after = 579,
                                 .keep_next = true},
                [STYLE_SUBTITLE] = {.font = FONT_KAI,
                                    .size = 32,
                                    .align = ALIGN_CENTRE,
                                    .after = 579,
                                    .keep_next = true},
                [STYLE_SALUTATION] = {.font = FONT_BODY, .size = 32},
                HEADING(1) = {.font = FONT_HEAD, .size = 32, .first = 200, .keep_next = true},
                HEADING(2) = {.font = FONT_KAI, .size = 32, .first = 200, .keep_next = true},
                HEADING(3) = {.font = FONT_BODY, .size = 32, .first = 200, .keep_next = true},
                HEADING(4) = {.font = FONT_BODY, .size = 32, .first = 200, .keep_next = true},
                HEADING(5) = {.font = FONT_BODY, .size = 32, .first = 200, .keep_next = true},
                HEADING(6) = {.font = FONT_BODY, .size = 32, .first = 200, .keep_next = true},
                [STYLE_LIST] =
                    {.font = FONT_BODY, .size = 32, .first = 200, .align = ALIGN_JUSTIFY},
                [STYLE_CAPTION] = {.font = FONT_HEAD, .size = 28, .align = ALIGN_CENTRE},
                [STYLE_ATTACHMENT] = {.font = FONT_BODY, .size = 32, .first = 200},
                [STYLE_ATTACHMENT_MARK] = {.font = FONT_HEAD, .size = 32, .new_page = true},
                [STYLE_SIGNATURE] =
                    {.font = FONT_BODY, .size = 32, .align = ALIGN_END, .right = 200},
                [STYLE_DATE] = {.font = FONT_BODY, .size = 32, .align = ALIGN_END, .right = 200},
                [STYLE_NOTE] = {.font = FONT_BODY, .size = 32, .first = 200},
                [STYLE_TABLE] = {.font = FONT_BODY, .size = 28, .single = true},
                [STYLE_FOOTNOTE] = {.font = FONT_BODY, .size = 21, .single = true},
                [STYLE_FOOTER] = {.font = FONT_PAGE, .size = 28, .single = true},
                /* 7.2.4: 35 mm below the edge of the type area; 7.2.5: two lines below it. */
                [STYLE_RED_HEAD] =
                    {.font = FONT_TITLE,
                     .size = 120,
                     .align = ALIGN_CENTRE,
                     .before = 1984,
                     .red = true,
                     .single = true},
                [STYLE_DOCUMENT_NUMBER] = {.font = FONT_BODY, .size = 32, .align = ALIGN_CENTRE},
                [STYLE_MARKING] = {.font = FONT_HEAD, .size = 32},
                /* 7.4: size 4 (14 pt); it stands in a table that leaves a character at both edges.
                 */
                [STYLE_IMPRINT] = {.font = FONT_BODY, .size = 28},
            },
    },
    {0},
};
