dist_man_MANS += man/sons.1 man/sons-fichiers.5
