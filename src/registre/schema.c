#include "registre/schema.h"

static const char livre[] =
#include "registre/livre.sql.inc"
    ;
static const char etat[] =
#include "registre/etat.sql.inc"
    ;

const char *schema_livre(void)
{
    return livre;
}

const char *schema_etat(void)
{
    return etat;
}
