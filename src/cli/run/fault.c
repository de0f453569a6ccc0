#include "run/fault.h"

#include <errno.h>
#include <string.h>

static const char *const names[] = {
#define SAY(id, english, chinese) #id,
#include "say.def"
#undef SAY
};

/* CANNOT_OPEN is called "cannot-open". */
static void set_name(char id[64], const char *name) {
    size_t n = 0;
    for (; name[n] && n < 63; n++) {
        bool upper = name[n] >= 'A' && name[n] <= 'Z';
        id[n] = (char)(name[n] == '_' ? '-' : upper ? name[n] | 32 : name[n]);
    }
    id[n] = '\0';
}

bool fault_passes(int error) {
    return error == ENOSPC || error == EDQUOT || error == ENOMEM || error == EBUSY ||
           error == EMFILE || error == ENFILE || error == EAGAIN;
}

void fault_say(fault *f, say_id id, const char *word, int error) {
    fault_clear(f);
    set_name(f->id, names[id]);
    f->passing = id == SAY_OUT_OF_MEMORY || (!word && fault_passes(error));
    for (int l = 0; l < QW_LANGUAGES; l++) {
        qw_language language = (qw_language)l;
        say(&f->why[l], language, id, WORDS(word ? word : say_errno(language, error)));
    }
}

void fault_take(fault *f, const qw_error *why) {
    fault_clear(f);
    set_name(f->id, why->id ? why->id : "");
    f->passing = why->code == QW_MEMORY;
    for (int l = 0; l < QW_LANGUAGES; l++) {
        if (*why->place) text_put(&f->why[l], why->place), text_put(&f->why[l], ": ");
        text_put(&f->why[l], why->text[l]);
    }
}

void fault_clear(fault *f) {
    f->id[0] = '\0';
    f->passing = false;
    for (int l = 0; l < QW_LANGUAGES; l++) text_clear(&f->why[l]);
}

void fault_free(fault *f) {
    for (int l = 0; l < QW_LANGUAGES; l++) text_free(&f->why[l]);
    *f = (fault){.passing = false};
}

void fault_pack(text *t, const fault *f) {
    PACK_VALUE(t, f->id);
    PACK_VALUE(t, f->passing);
    for (int l = 0; l < QW_LANGUAGES; l++) pack_text(t, &f->why[l]);
}

void fault_unpack(unpacker *u, fault *f) {
    UNPACK_VALUE(u, f->id);
    UNPACK_VALUE(u, f->passing);
    for (int l = 0; l < QW_LANGUAGES; l++) unpack_text(u, &f->why[l]);
}
