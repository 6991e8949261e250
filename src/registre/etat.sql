-- Projections of the facts: dropped and rebuilt at will. Days are counted from 1970-01-01, instants in seconds, money in
-- centimes, rates in ten-thousandths, FINESS as integers (see livre.sql).
-- An order keeps the number of its first fact; contenu = the fact whose content it now has (a registration or a correction),
-- signataire = the fact under which the name is kept (0 = none), nom_engage = the commitment of that name. annulee_le (an
-- instant) and remplacee_le (a day: the signature of remplacee_par) are the ends of its force. histoire = the facts
-- that name the order, its first one left out.
-- reglage: what was chosen (parametres, calendrier, correspondance.…), and tete, the SHA-256 of the last entry: that of any other one
-- stands in the next.
create table reglage (cle text primary key, valeur text not null) strict, without rowid;
-- nature: cs1100502 (établissements) or cs1100501 (entités juridiques), whatever the form of the file.
create table finess_base (fait integer primary key, forme text not null, nature text not null, date integer not null,
  nombre integer not null, fichier text not null, lignes text not null) strict;
create table base_designee (couloir integer not null, annee integer not null, fait integer not null,
  base integer not null, date integer not null, motif text, primary key (couloir, annee)) strict, without rowid;
create table fournisseur (siren integer primary key, fait integer not null, nom text not null, role text not null,
  enrole_le integer) strict;
create table solution (numero_ans text not null, couloir integer not null, version text not null, fait integer not null,
  nom text not null, siren_editeur integer, dossier_complet_le integer, reference_le integer, refuse_le integer,
  retire_le integer, depot_refuse integer, primary key (numero_ans, couloir, version)) strict, without rowid;
create table liste_financement (fait integer primary key, date integer, nombre integer not null, empreinte text not null) strict;
create table financement (fait integer primary key, et integer not null, fonds integer not null, phase integer not null,
  volet integer not null, nature integer not null, etat integer not null, dui text not null, dui_reference integer not null,
  date_etat integer) strict;
create index financement_et on financement (et);
create table commande (fait integer primary key, fournisseur integer not null, numero text not null, ej integer,
  couloir integer not null, date_commande integer, date_signature integer, solution text not null, version text not null,
  ht integer, taux_tva integer, tva integer, ttc integer, calcules integer not null, motif_tva integer not null,
  signataire integer not null, qualite text not null, mode_signature integer not null, sous_condition integer not null,
  mention_segur integer not null, deja_equipe integer not null, deja_equipe_depuis integer, essms integer not null,
  pieces integer not null, reference_externe text not null, lignes text not null, engagement integer not null,
  option integer not null, reste_a_charge integer, contenu integer not null, nom_engage text not null,
  annulee_le integer, remplacee_par integer, remplacee_le integer) strict;
create unique index commande_numero on commande (numero, fournisseur);
create index commande_remplacee on commande (remplacee_par) where remplacee_par is not null;
create table histoire (commande integer not null, fait integer not null, primary key (commande, fait)) strict, without rowid;
create table commande_essms (commande integer not null, et integer not null, ht integer, ttc integer, ht_lu integer,
  libelle text, commune text, primary key (commande, et)) strict, without rowid;
create table piece_jointe (commande integer not null, role integer not null, fait integer not null, empreinte blob not null,
  taille integer not null, media text not null, primary key (commande, role, fait, empreinte)) strict, without rowid;
create table non_cumul (commande integer primary key, fait integer not null, date integer) strict;
create table justification (commande integer not null, regle text not null, fait integer not null, constat blob not null,
  le integer not null, motif text not null, primary key (commande, regle, fait)) strict, without rowid;
-- A request for the advance (tranche 1) or the balance (2): its last version, by everything recorded. lot, emise_le, depose_le,
-- statut (of the answer statut_fait) … are those of that version, null when it has none; reconstitue, of its last emission.
create table demande (commande integer not null, paiement integer not null, numero integer not null, fait integer not null,
  version integer not null, montant integer not null, le integer not null, lot integer, fournisseur integer, emise_le integer,
  reconstitue integer not null, depose_le integer, statut integer not null, statut_le integer, statut_fait integer, paye integer,
  numero_asp text, primary key (commande, paiement)) strict, without rowid;
-- Each time that a request was made, or made again: the version that it was then, at the date that was said.
create table demande_faite (commande integer not null, fait integer not null, paiement integer not null, numero integer not null,
  version integer not null, montant integer not null, le integer not null, primary key (commande, fait)) strict, without rowid;
-- What happened to an order, in the order of its dates (regles/vie.h): etat = its state after that event; total, of a balance asked,
-- what it completes the advance to. A request has the date of
-- what it follows (0 = always seen); a day is seen from its beginning.
create table vie (commande integer not null, le integer not null, fait integer not null, evenement integer not null,
  paiement integer not null, version integer not null, statut integer not null, numero integer not null, montant integer,
  total integer, etat integer not null, primary key (commande, le, fait)) strict, without rowid;
create table lot (fait integer primary key, fournisseur integer not null, numero integer not null, couloir integer not null,
  le integer not null, nombre integer not null, somme integer not null, reconstitue integer not null, xml text not null,
  zip text not null, paiement integer not null, remplace integer, depose_le integer, accuse text, annule_le integer, motif text,
  unique (fournisseur, numero)) strict;
-- The requests that left in a lot, whatever became of them since.
create table emission (fournisseur integer not null, lot integer not null, commande integer not null, paiement integer not null,
  demande integer not null, version integer not null, fait integer not null, primary key (fournisseur, lot, commande)) strict,
  without rowid;
create index emission_commande on emission (commande);
create index emission_demande on emission (demande);
-- The facts that say a lot deposited: its acknowledgement may come after, in another. Their events have the instant that holds.
create table depot (fournisseur integer not null, lot integer not null, fait integer not null, primary key (fournisseur, lot, fait)) strict,
  without rowid;
-- retirees: its answers taken back so far; the file may bring them again.
create table retour (fait integer primary key, fournisseur integer not null, lot integer, lot_empreinte text, fichier text not null,
  forme text not null, nombre integer not null, le integer not null, numero text, retirees integer not null) strict;
create unique index retour_fichier on retour (fichier);
create unique index retour_numero on retour (fournisseur, numero) where numero is not null;
create table reponse (fait integer primary key, commande integer not null, paiement integer not null, demande integer not null,
  version integer not null, statut integer not null, le integer not null, numero_asp text, montant integer, motifs text not null,
  retour integer) strict;
create index reponse_commande on reponse (commande);
create index reponse_asp on reponse (numero_asp) where numero_asp is not null;
create table facture (fait integer primary key, commande integer not null, numero text not null, date integer not null,
  deux integer not null, ht integer, taux_tva integer, tva integer, ttc integer, motif_tva integer not null,
  mention_segur integer not null, client integer, nom integer not null, accorde integer not null, piece text) strict;
create index facture_commande on facture (commande);
create table va (fait integer primary key, commande integer not null, version integer not null, le integer not null,
  signataire integer not null, qualite text not null, mode integer not null, delegation_le integer, delegation text,
  bon_fonctionnement integer not null, mss_cas integer not null, accorde integer not null, piece text) strict;
create index va_commande on va (commande);
create table va_essms (va integer not null, et integer not null, atteste integer not null, deploye integer not null,
  tbb_livre integer not null, tbb integer not null, actifs integer, projet integer, evenement integer,
  primary key (va, et)) strict, without rowid;
create table solde (fait integer primary key, commande integer not null, total integer not null, trop_percu integer not null,
  mss_cas integer not null, facture integer not null, va integer not null) strict;
create index solde_commande on solde (commande);
create table solde_retrait (solde integer not null, et integer not null, commande integer not null, primary key (solde, et)) strict,
  without rowid;
create table virement (fait integer primary key, fournisseur integer not null, le integer not null, montant integer not null,
  reference text not null) strict;
create table encaissement (fait integer primary key, commande integer not null, paiement integer not null, montant integer not null,
  le integer not null, reference text not null, virement integer, retire_par integer) strict;
create index encaissement_virement on encaissement (virement) where virement is not null;
create table ordre_de_recouvrer (fait integer primary key, commande integer not null, le integer not null, montant integer not null,
  reference text not null) strict;
create table reversement (fait integer primary key, commande integer not null, le integer not null, montant integer not null,
  reference text not null) strict;
-- What was entered by mistake and taken back, as it was: its own row is gone. quoi = the table of that row; le, a day, of an answer an
-- instant; montant, of an answer that pays, what it paid.
create table retiree (fait integer primary key, quoi text not null, paiement integer not null, statut integer not null, le integer not null,
  montant integer) strict;
create table mandat (distributeur integer not null, editeur integer not null, solution text not null, du integer not null,
  fait integer not null, au_le integer, piece text, retire_le integer,
  primary key (distributeur, editeur, solution, du)) strict, without rowid;
-- Disputes: `contre` = first fact of the other order when this registre has it; a fin frees `retenue` and sets `ecartee` aside
-- (first facts, 0 = an order that is not here). Days.
create table litige (fait integer primary key, commande integer not null, contre integer, contre_texte text not null,
  le integer not null, piece text not null) strict;
create index litige_commande on litige (commande);
create index litige_contre on litige (contre) where contre is not null;
create table litige_reponse (fait integer primary key, litige integer not null, commande integer not null, reponse text not null,
  le integer not null, piece text not null) strict;
create index litige_reponse_litige on litige_reponse (litige);
create table litige_fin (litige integer primary key, fait integer not null, le integer not null, retenue integer not null,
  ecartee integer not null, retrait integer not null, motif text not null, piece text not null) strict;
create index litige_fin_ecartee on litige_fin (ecartee);
create table surnom (nom text primary key, numero_ans text not null, fait integer not null) strict, without rowid;
create table contact (fait integer primary key, commande integer, fournisseur integer, ej integer, fonction text not null,
  nom integer not null, courriel integer not null, telephone integer not null, retire_par integer) strict;
create index contact_commande on contact (commande) where commande is not null;
create table personne_effacee (fait integer not null, champ text not null, par integer not null,
  primary key (fait, champ)) strict, without rowid;
-- Seals, and the roots of the complete blocks of 32 entries that they cover (Merkle subtrees, RFC 9162), from the first on.
create table sceau (fait integer primary key, numero integer not null, entrees integer not null, le integer not null,
  racine text not null, tete text not null, bordereau text not null, signataire text) strict;
create table sceau_bloc (rang integer primary key, empreinte blob not null) strict;
