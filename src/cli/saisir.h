/* Shared by the files of commande saisir only. */
#ifndef SONS_CLI_SAISIR_H
#define SONS_CLI_SAISIR_H

#include "cli/dialogue.h"
#include "metier/saisir.h"

struct question {
    size_t champ;
    const char *forme, *sens;
    const char *vide; /* what an empty answer means; NULL: there must be one */
    const char *aide;
};
extern const struct question saisir_questions[];
extern const size_t saisir_questions_nombre;

struct saisir {
    struct cli *c;
    struct dialogue d;
    struct saisie s;
    const struct feuille_champ *champs;
    struct saisie_connu k;     /* as of the last saisir_connaitre */
    finess og;                 /* OG shown last, FINESS_ABSENT = that of the answers */
    finess og_montre;          /* whose list was printed */
    finess *montres;           /* what the ranks 1, 2 … stand for */
    bool *libres;              /* … those that « tous » takes */
    size_t n_montres, cap_montres, cap_libres;
    enum sortie_code pire;     /* of a fault that ends the dialogue; SORTIE_FAIT = none */
    bool finir;                /* « . »: only what must be answered is still asked */
};
/* What a question comes to. FAUTE: of the registre or of the input, told. */
enum suite { SUITE, RETOUR, ABANDON, FAUTE };

/* What the registre knows of the answers so far. */
bool saisir_connaitre(struct saisir *s);
/* Is it asked, with these answers? */
bool saisir_posable(const struct saisir *s, const struct question *q);
/* Rank of the question of that name (folded, the beginning is enough when it is the only one); their number when there is none. */
size_t saisir_question_nommee(const struct saisir *s, struct slice nom);
/* Prints the question: rank, name, meaning, form, example, what an empty answer means, what is proposed. */
void saisir_afficher(struct saisir *s, const struct question *q);
/* What « = » answers; empty when nothing is proposed. `dit` (may be NULL) says why. Append. */
void saisir_proposer(struct saisir *s, const struct question *q, struct buffer *valeur, struct buffer *dit);
/* What stands for an empty answer: derived, computed, or unknown. Appends. */
void saisir_deduire(struct saisir *s, const struct question *q, struct buffer *b);
/* Help, on « ? ». */
void saisir_aider(struct saisir *s, const struct question *q);
/* The whole order. */
void saisir_recapituler(struct saisir *s);
/* « 2A0000196 IME LES SALINES, 20090 AJACCIO ». Appends. */
void saisir_nom_essms(struct saisir *s, finess et, struct buffer *b);
/* What all questions answer alike: `?`, an answer too long; true when the question goes on. */
bool saisir_meme(struct saisir *s, const struct question *q, enum reponse r);
/* A fault of an answer, shown at once. */
void saisir_refuser(struct saisir *s, enum erreur_code code, const char *message, const char *a_faire);

/* The two questions that are not of one cell. */
enum suite saisir_poser_essms(struct saisir *s, const struct question *q);
enum suite saisir_poser_parts(struct saisir *s, const struct question *q);

#endif
