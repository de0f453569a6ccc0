/* parcel: a job on its way to a worker, and what came of it on the way back. */
#ifndef QW_CLI_PARCEL_H
#define QW_CLI_PARCEL_H

#include "pool/pack.h"
#include "run/job.h"

/* In the supervisor: packs what a worker must know; takes in its result. False when memory was out.
 */
void parcel_send(const job *j, text *t);
bool parcel_receive(job *j, unpacker *u);

/* In the worker: takes in a job in place of the last one; packs the result. */
bool parcel_accept(job *j, unpacker *u);
void parcel_reply(const job *j, text *t);

/* In the worker, when the result was sent: the temporary files are the supervisor's now. */
void parcel_hand_over(job *j);

#endif
