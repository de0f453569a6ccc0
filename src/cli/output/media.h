/* media: pictures that go to a folder of their own beside an output that links to them. Their names
 * are made of what they hold: what stands there already is either the same picture or foreign, so
 * no state is kept of them. Each is complete before it gets its name, and all are before the output
 * does. */
#ifndef QW_CLI_MEDIA_H
#define QW_CLI_MEDIA_H

#include "output/output.h"

typedef struct media {
    qw_media taker; /* for qw_write_options */
    const char *folder;
    char *link; /* the folder as seen from the output */
    output_rules rules;
    uint64_t number; /* of temporary files */
    output file;     /* the last one, for what is said of it */
    say_id what;     /* why it failed, as of output_prepare() */
    bool failed;
} media;

/* Makes the folder, for pictures of the output with this path (NULL: stdout, with links as seen
 * from the current folder), whose folder is there. It must stay where it is until media_end(). On
 * failure `failed` is set. */
bool media_begin(media *m, const char *folder, const char *path, const output_rules *rules,
                 uint64_t number);
void media_end(media *m);

#endif
