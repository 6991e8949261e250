# bash completion for sons. Made by `sons --completion`; do not edit.
_sons() {
    local mot=${COMP_WORDS[COMP_CWORD]} mots=() i verbes='' options=''
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -* ]] || mots+=("${COMP_WORDS[i]}")
    done
    case ${mots[0]:-} in
    journal) verbes='voir verifier sceller extrait reconstruire' ;;
    finess) verbes='importer designer bases voir chercher rapprocher statistiques' ;;
    fournisseur) verbes='importer declarer enroler lister voir' ;;
    mandat) verbes='importer declarer retirer lister' ;;
    solution) verbes='importer declarer alias lister' ;;
    financement) verbes='importer declarer attester lister' ;;
    contact) verbes='importer declarer retirer lister' ;;
    personnes) verbes='voir effacer' ;;
    commande) verbes='importer saisir preparer lister voir joindre completer rectifier remplacer annuler noter' ;;
    litige) verbes='ouvrir repondre conclure lister' ;;
    avance) verbes='demander' ;;
    facture) verbes='enregistrer' ;;
    va) verbes='preparer enregistrer' ;;
    solde) verbes='demander' ;;
    lot) verbes='emettre deposer annuler bordereau verifier lister' ;;
    demande) verbes='lister' ;;
    retour) verbes='importer saisir retirer' ;;
    encaissement) verbes='importer enregistrer retirer lister' ;;
    virement) verbes='enregistrer proposer ventiler retirer lister' ;;
    reversement) verbes='ordonner enregistrer retirer' ;;
    parametres) verbes='calendrier' ;;
    esac
    case "${mots[0]:-} ${mots[1]:-}" in
    "journal voir") options='--sortie' ;;
    "journal verifier") options='--tout --sortie --sceau --extrait --confiance' ;;
    "journal sceller") options='--sortie --sceau --confiance --cle --certificat --mot-de-passe-fichier --horodatage --refaire' ;;
    "journal extrait") options='--sortie --sceau' ;;
    "journal reconstruire") options='' ;;
    "finess importer") options='--le --base' ;;
    "finess designer") options='--le --couloir --motif' ;;
    "finess bases") options='--sortie' ;;
    "finess voir") options='--base --sortie' ;;
    "finess chercher") options='--base --sortie' ;;
    "finess rapprocher") options='--base --correspondance --sortie' ;;
    "finess statistiques") options='--base --couloir --agregat --sortie' ;;
    "fournisseur importer") options='--le --modele --correspondance --defaut --sortie' ;;
    "fournisseur declarer") options='--siren --nom --role --enrole-le --le' ;;
    "fournisseur enroler") options='--le' ;;
    "fournisseur lister") options='--sortie' ;;
    "fournisseur voir") options='--sortie' ;;
    "mandat importer") options='--le --modele --sortie' ;;
    "mandat declarer") options='--distributeur --editeur --solution --du --au-le --retire-le --piece --le' ;;
    "mandat retirer") options='--distributeur --editeur --solution --du --le --motif' ;;
    "mandat lister") options='--sortie' ;;
    "solution importer") options='--le --modele --correspondance --defaut --sortie' ;;
    "solution declarer") options='--numero-ans --nom --siren-editeur --couloir --version --dossier-complet-le --reference-le --refuse-le --retire-le --alias --le' ;;
    "solution alias") options='--le --retirer' ;;
    "solution lister") options='--sortie' ;;
    "financement importer") options='--le --modele --correspondance --defaut --sortie' ;;
    "financement declarer") options='--finess-et --fonds --phase --volet --nature --dui --dui-reference --etat --date-etat --le' ;;
    "financement attester") options='--numero --date-attestation --piece --le --fichier' ;;
    "financement lister") options='--sortie' ;;
    "contact importer") options='--le --modele --sortie' ;;
    "contact declarer") options='--commande --fournisseur --finess-ej --nom --fonction --courriel --telephone --le' ;;
    "contact retirer") options='--commande --fournisseur --finess-ej --nom --fonction --courriel --telephone --le --motif' ;;
    "contact lister") options='--sortie' ;;
    "personnes voir") options='--sortie --commande' ;;
    "personnes effacer") options='--le --motif --commande' ;;
    "commande importer") options='--le --modele --correspondance --defaut --sortie --rectifier' ;;
    "commande saisir") options='--le' ;;
    "commande preparer") options='--numero --finess-et --siret-essms --montant-ht-essms --libelle-essms --commune --fournisseur --finess-ej --couloir --date-commande --date-signature --solution --version-solution --montant-ht --taux-tva --montant-tva --montant-ttc --motif-tva --signataire --qualite-signataire --mode-signature --sous-condition --mention-segur --deja-equipe --piece --reference-externe --lignes --engagement --option --reste-a-charge --contact-nom --contact-fonction --contact-courriel --contact-telephone --le --fichier --correspondance --defaut --sortie --feuille' ;;
    "commande lister") options='--sortie' ;;
    "commande voir") options='--sortie' ;;
    "commande joindre") options='--le --role --dossier' ;;
    "commande completer") options='--numero --finess-et --siret-essms --montant-ht-essms --libelle-essms --commune --fournisseur --finess-ej --couloir --date-commande --date-signature --solution --version-solution --montant-ht --taux-tva --montant-tva --montant-ttc --motif-tva --signataire --qualite-signataire --mode-signature --sous-condition --mention-segur --deja-equipe --piece --reference-externe --lignes --engagement --option --reste-a-charge --contact-nom --contact-fonction --contact-courriel --contact-telephone --le --fichier' ;;
    "commande rectifier") options='--numero --finess-et --siret-essms --montant-ht-essms --libelle-essms --commune --fournisseur --finess-ej --couloir --date-commande --date-signature --solution --version-solution --montant-ht --taux-tva --montant-tva --montant-ttc --motif-tva --signataire --qualite-signataire --mode-signature --sous-condition --mention-segur --deja-equipe --piece --reference-externe --lignes --engagement --option --reste-a-charge --contact-nom --contact-fonction --contact-courriel --contact-telephone --le --motif --fichier --vider' ;;
    "commande remplacer") options='--numero --finess-et --siret-essms --montant-ht-essms --libelle-essms --commune --fournisseur --finess-ej --couloir --date-commande --date-signature --solution --version-solution --montant-ht --taux-tva --montant-tva --montant-ttc --motif-tva --signataire --qualite-signataire --mode-signature --sous-condition --mention-segur --deja-equipe --piece --reference-externe --lignes --engagement --option --reste-a-charge --contact-nom --contact-fonction --contact-courriel --contact-telephone --motif --fichier' ;;
    "commande annuler") options='--le --motif --attestation --renonciation --accord-client' ;;
    "commande noter") options='--le' ;;
    "litige ouvrir") options='--le --contre --piece' ;;
    "litige repondre") options='--le --contre --piece' ;;
    "litige conclure") options='--le --motif --contre --piece' ;;
    "litige lister") options='--sortie' ;;
    "avance demander") options='--le --toutes --justifier' ;;
    "facture enregistrer") options='--commande --numero-facture --date-facture --deux-factures --montant-ht --taux-tva --montant-tva --montant-ttc --motif-tva --mention-segur --client --nom --piece --fichier' ;;
    "va preparer") options='--sortie' ;;
    "va enregistrer") options='--commande --date-signature --signataire --qualite-signataire --mode-signature --delegation-le --delegation --bon-fonctionnement --mss --piece --finess-et --nom-essms --atteste --deploye --tbb-livre --tbb --dossiers-actifs --avec-projet --avec-evenement --fichier' ;;
    "solde demander") options='--sans --avec --mss --le --toutes --justifier' ;;
    "lot emettre") options='--le --couloir --fournisseur --sortie --lot --type --remplace' ;;
    "lot deposer") options='--le --rectifier --accuse' ;;
    "lot annuler") options='--le --motif' ;;
    "lot bordereau") options='--sortie' ;;
    "lot verifier") options='' ;;
    "lot lister") options='--sortie' ;;
    "demande lister") options='--sortie --sans-reponse' ;;
    "retour importer") options='--le --modele --sortie' ;;
    "retour saisir") options='--statut --paiement --version --numero-asp --montant --motif --piece --le' ;;
    "retour retirer") options='--motif' ;;
    "encaissement importer") options='--modele --correspondance --defaut --sortie' ;;
    "encaissement enregistrer") options='--commande --paiement --montant --date --reference' ;;
    "encaissement retirer") options='--motif' ;;
    "encaissement lister") options='--sortie' ;;
    "virement enregistrer") options='--montant --date --reference --fournisseur' ;;
    "virement proposer") options='--sortie' ;;
    "virement ventiler") options='--proposition' ;;
    "virement retirer") options='--motif' ;;
    "virement lister") options='--sortie' ;;
    "reversement ordonner") options='--montant --date --reference --piece' ;;
    "reversement enregistrer") options='--montant --date --reference --piece' ;;
    "reversement retirer") options='--motif' ;;
    "parametres calendrier") options='--le' ;;
    "initialiser "*) options='--role --siren --nom --fictif --groupe' ;;
    "bareme "*) options='--base --couloir --essms --sortie' ;;
    "controler "*) options='--fichier --correspondance --defaut --annoter --sortie' ;;
    "expliquer "*) options='--sortie --lettre' ;;
    "reversements "*) options='--sortie' ;;
    "echeances "*) options='--sortie --jours' ;;
    "situation "*) options='--sortie' ;;
    "regles "*) options='' ;;
    "parametres "*) options='--sortie' ;;
    esac
    if [[ $mot == -* ]]; then
        COMPREPLY=($(compgen -W "$options --registre --au --connu-le --format --essai --strict --aide --version" -- "$mot"))
    elif ((${#mots[@]} == 0)); then
        COMPREPLY=($(compgen -W 'initialiser journal finess bareme fournisseur mandat solution financement contact personnes commande controler expliquer litige avance facture va solde lot demande retour encaissement virement reversement reversements echeances situation regles parametres' -- "$mot"))
    elif ((${#mots[@]} == 1)) && [[ $verbes ]]; then
        COMPREPLY=($(compgen -W "$verbes" -- "$mot"))
    else
        COMPREPLY=($(compgen -f -- "$mot"))
    fi
}
complete -o filenames -F _sons sons
