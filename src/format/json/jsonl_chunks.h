/* jsonl_chunks: a document as one JSON object for each section, for search and retrieval. */
#ifndef QW_FORMAT_JSONL_CHUNKS_H
#define QW_FORMAT_JSONL_CHUNKS_H

#include "base/out.h"
#include "model/doc.h"

/* Smaller chunks than this are not asked for in earnest. */
enum { CHUNK_LEAST = 64 };

/* Writes the document in chunks of at most `most` bytes of text. A heading starts one, and so does
 * a run-in heading; a longer section is cut between paragraphs, a longer paragraph after a
 * sentence. False when memory is out. */
bool jsonl_chunks_write(doc *d, size_t most, out *to);

#endif
