#include "registre/schema.h"

#include <string.h>

static const char livre[] =
#include "registre/livre.sql.inc"
    ;
static const char etat[] =
#include "registre/etat.sql.inc"
    ;

/* Tables that each format after the first has added. */
static const struct {
    int64_t format;
    const char *debut; /* of its statement in livre.sql */
} ajouts[] = {
    {2, "create table finess_statut ("},
};

void schema_ajouts(int64_t format, struct buffer *sql)
{
    for (size_t i = 0; i < sizeof ajouts / sizeof *ajouts; i++) {
        if (ajouts[i].format <= format)
            continue;
        const char *debut = strstr(livre, ajouts[i].debut);
        buffer_append(sql, debut, strcspn(debut, ";") + 1);
    }
}

const char *schema_livre(void)
{
    return livre;
}

const char *schema_etat(void)
{
    return etat;
}
