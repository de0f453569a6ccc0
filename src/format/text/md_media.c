#include "format/text/md_media.h"

#include "base/hash.h"

bool md_media_open(md_media *m, doc *d, const qw_media *taker, qw_error *why) {
    *m = (md_media){.taker = taker, .d = d};
    m->folder = str_of(taker->folder ? taker->folder : "");
    m->package = package_open(d->mem, d->source, d->name, &d->limits, why);
    if (!m->package || !docx_images_find(d, m->package, &m->images, why)) return false;
    m->names = arena_zalloc(d->mem, m->images.nmedia + 1, sizeof *m->names);
    return m->names || fail_memory(why);
}

void md_media_close(md_media *m) {
    package_close(m->package);
    m->package = NULL;
}

const char *md_media_take(md_media *m, const span *s) {
    const docx_image *image = m ? docx_image_of(&m->images, s) : NULL;
    if (!image || m->refused) return NULL;
    const docx_media *media = &m->images.media[image->media];
    const char **name = &m->names[image->media];
    if (*name) return *name;
    unsigned long long sum = hash64(media->bytes, 0);
    *name = arena_printf(m->d->mem, "%016llx.%s", sum, media->extension).p;
    m->memory = !*name;
    m->refused = !*name || !m->taker->write(m->taker->self, *name, media->bytes.p, media->bytes.n);
    return m->refused ? NULL : *name;
}

bool md_media_refused(const md_media *m, qw_error *why) {
    return m->memory ? fail_memory(why) : fail(why, MSG_SINK, STR(""), NO_ARGS);
}
