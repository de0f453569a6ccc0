#include "qingwen.h"

#define TEXT_OF(number)              #number
#define VERSION(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *qw_version(void) {
    return VERSION(QW_VERSION_MAJOR, QW_VERSION_MINOR, QW_VERSION_PATCH);
}
