dist_man_MANS += man/sons.1 man/sons-fichiers.5 man/sons-journal.5 man/sons-regles.7 man/sons-erreurs.7 man/sons-commande.1 man/sons-premiers-pas.7 man/sons-sceau.7 man/sons-vie.7
