/* A draft over a registre: what is written stays in memory and is forgotten with the connection. */
#ifndef SONS_REGISTRE_BROUILLON_H
#define SONS_REGISTRE_BROUILLON_H

/* Name of the VFS of drafts, which this registers; the default one must be installed already. The file is opened for reading
 * only, so that its rights and those of its folder do not matter; SQLite's shared lock is held while there is something of its
 * own in the draft, none of the locks of a writer ever is. */
const char *brouillon_vfs(void);

#endif
