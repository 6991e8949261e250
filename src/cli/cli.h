/* The command line: dispatches `sons NOM VERBE …` through commandes.def. */
#ifndef SONS_CLI_CLI_H
#define SONS_CLI_CLI_H

/* Runs one command; returns its exit code (0 done, 1 refused, 2 usage, 3 environment, 4 journal or signature). */
int cli_main(int argc, char **argv);

#endif
