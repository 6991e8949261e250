-- What is never derived: the journal, the FINESS bases, the pieces, the parameters, the erasable names. Frozen format.
create table registre (cle text primary key, valeur text not null) strict, without rowid;
create table journal (numero integer primary key, octets text not null) strict;
create trigger journal_sans_update before update on journal begin select raise(abort, 'journal'); end;
create trigger journal_sans_delete before delete on journal begin select raise(abort, 'journal'); end;
create table parametres_jeu (empreinte text primary key, octets blob not null) strict, without rowid;
create table personne (fait integer not null, champ text not null, sel blob not null, nom text not null,
  primary key (fait, champ)) strict, without rowid;
create table piece (empreinte blob primary key, taille integer not null, contenu blob not null) strict;
-- Keys: base << 32 | number. base = number of the import fact; number = (c1 × 12 + c2) × 10^7 + c3…c9.
create table finess_et (cle integer primary key, ej integer not null, categorie integer not null,
  agregat integer not null, siret integer, ouverture integer, departement text not null,
  raison_sociale text not null, acheminement text not null) strict;
-- One row per OG of a base: its ESSMS counted by couloir, and all its ET, sorted, 8 bytes each, big endian: number (4),
-- category (2), aggregate (2).
create table finess_og (cle integer primary key, n_4 integer not null, n_ms1 integer not null, n_pds integer not null,
  n_pde integer not null, n_ms3 integer not null, et blob not null) strict;
create table finess_entite (cle integer primary key, siren integer, raison_sociale text not null,
  acheminement text not null) strict;
create table finess_categorie (base integer not null, categorie integer not null, agregat integer not null,
  libelle text not null, libelle_agregat text not null, primary key (base, categorie)) strict, without rowid;
-- Format 2. Statut juridique of an entity (nomenclature FINESS); no row: the file gave none, or was imported before.
create table finess_statut (cle integer primary key, statut integer not null) strict;
