dist_man_MANS += man/sons-fichiers.5
