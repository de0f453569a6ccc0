/* Escapes: nothing is lost on the way into JSON and XML. */
#include "base/out.h"
#include "check.h"

#include <string.h>

typedef struct kept {
    char text[256];
    size_t n;
} kept;

static bool keep(void *self, const void *bytes, size_t n) {
    kept *k = self;
    if (n > sizeof k->text - k->n) return false;
    memcpy(k->text + k->n, bytes, n);
    k->n += n;
    return true;
}

static str escaped(kept *k, str text, void (*write)(out *o, str s)) {
    static out to;
    qw_sink sink = {keep, k};
    k->n = 0;
    out_begin(&to, &sink);
    write(&to, text);
    CHECK(out_end(&to));
    CHECK_INT(to.written, k->n);
    return str_make(k->text, k->n);
}

static void json_keeps_all(void) {
    kept k;
    CHECK_STR(escaped(&k, STR("清\"\\\n\t\x01\x7F文"), out_json),
              STR("\"清\\\"\\\\\\n\\t\\u0001\\u007f文\""));
    CHECK_STR(escaped(&k, STR("\xC2\x85\xE2\x80\xA8\xE2\x80\xA9"), out_json),
              STR("\"\\u0085\\u2028\\u2029\""));
}

static void xml_keeps_all(void) {
    kept k;
    CHECK_STR(escaped(&k, STR("<清 & \"文\">\t\n\r"), out_xml),
              STR("&lt;清 &amp; &quot;文&quot;&gt;\t\n&#13;"));
    CHECK_STR(escaped(&k, STR("a\x01\x1B\x7F z"), out_xml), STR("a\xE2\x90\x81\xE2\x90\x9B\x7F z"));
    CHECK_STR(escaped(&k, STR("\xEF\xBF\xBE\xEF\xBF\xBF"), out_xml),
              STR("\xEF\xBF\xBD\xEF\xBF\xBD"));
}

int main(void) {
    RUN(json_keeps_all);
    RUN(xml_keeps_all);
    return check_result();
}
