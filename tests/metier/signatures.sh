# Signed and time-stamped seals, on a real registre: keys, trust, and every way of being wrong. openssl(1) is the other party.
. "$SONS_SRCDIR/tests/tap.sh"
command -v openssl >/dev/null || { echo "1..0 # SKIP openssl absent"; exit 0; }
. "$SONS_SRCDIR/tests/metier/atelier.sh"
. "$SONS_SRCDIR/tests/metier/certificats.sh"
atelier signatures
unset SONS_HORLOGE
certificats c
registre r.db
sons initialiser --role editeur --siren 123456782 --nom "Éditeur d'exemple" >/dev/null 2>&1
sons fournisseur declarer --siren 123456782 --nom X --role editeur >/dev/null 2>&1
dit() {
    dit_nom=$1 dit_code=$2 dit_part=$3; shift 3
    code "$dit_nom" "$dit_code" "$@"
    contient "$dit_nom : dit" "$tap_sortie" "$dit_part"
}
mkdir s
# --- keys ---
refusee() { # NAME PART options…
    refusee_nom=$1 refusee_part=$2; shift 2
    rien "$refusee_nom" 1 "$refusee_part" sons journal sceller --sortie s "$@"
}
refusee "PKCS#12 sans mot de passe" "mot de passe faux" --cle c/signataire.p12
refusee "PKCS#12, mot de passe faux" "mot de passe faux" --cle c/signataire.p12 --mot-de-passe-fichier c/faux
refusee "clé chiffrée sans mot de passe" "la clé privée ne se lit pas" --cle c/chiffree.cle --certificat c/signataire.pem
refusee "clé sans certificat" "il manque le certificat" --cle c/signataire.cle
refusee "certificat d'une autre clé" "le certificat n'est pas celui de la clé" --cle c/signataire.cle --certificat c/etranger.pem
refusee "certificat pour clé" "la clé privée ne se lit pas" --cle c/ac.pem
refusee "ni l'un ni l'autre" "ni une clé PEM ni un fichier PKCS#12" --cle c/secret
: >c/vide; refusee "clé vide" "ni une clé PEM" --cle c/vide
if [ -s c/perime.pem ]; then refusee "certificat périmé" "n'est pas valable aujourd'hui" --cle c/perime.cle --certificat c/perime.pem
else ok "certificat périmé # SKIP openssl n'en fait pas"; fi
rien "une clé qui n'existe pas" 3 "n'existe pas" sons journal sceller --sortie s --cle nulle-part
egal "aucun fichier" "$(ls s | wc -l)" 0
# --- the three forms of a key ---
for forme in "c/signataire.p12 --mot-de-passe-fichier c/secret" "c/ensemble.pem" "c/chiffree.cle --certificat c/signataire.pem --mot-de-passe-fichier c/secret"; do
    sons fournisseur declarer --siren 123456782 --nom "X $forme" --role editeur >/dev/null 2>&1
    dit "sceller par ${forme%% *}" 0 "Signé par Direction d'essai (.p7s)." sons journal sceller --sortie s --cle $forme
done
egal "trois sceaux, trois signatures, trois demandes" "$(ls s | wc -l)" 9
S=$(echo s/*-000003.txt)
B=${S%.txt}
egal "le bordereau annonce le certificat" "$(sed -n 's/^signataire //p' "$S")" "$(openssl x509 -in c/signataire.pem -outform DER | sha256sum | cut -c 1-64)"
code "openssl vérifie la signature" 0 openssl cms -verify -binary -inform DER -in "$B.p7s" -content "$S" -CAfile c/ac.pem -purpose any -out /dev/null
contient "la demande porte l'empreinte du sceau" "$(od -An -v -tx1 "$B.tsq" | tr -d " \n")" "$(empreinte "$S")"
dit "sans confiance donnée" 0 "signataire non vérifié" sons journal verifier --sceau "$S"
dit "signature valable" 0 "valable" sons journal verifier --sceau "$S" --confiance c/ac.pem
dit "le certificat du signataire lui-même suffit" 0 "valable" sons journal verifier --sceau "$S" --confiance c/signataire.pem
dit "une autre autorité" 1 "le signataire « Direction d'essai » n'a pas votre confiance" sons journal verifier --sceau "$S" --confiance c/autre-ac.pem
contient "le registre, lui, tient" "$tap_sortie" "Le registre est bien celui qui a été scellé"
dit "une confiance sans certificat" 1 E-214 sons journal verifier --sceau "$S" --confiance c/secret
code "déjà scellé par cette clé" 0 sons journal sceller --sortie s --cle c/ensemble.pem
egal "rien de plus" "$(ls s | wc -l)" 9
# --- wrong signatures ---
signature() { # NAME CODE PART: on x.txt and x.p7s
    dit "$1" "$2" "$3" sons journal verifier --sceau x.txt --confiance c/ac.pem
}
cp "$S" x.txt
signature "la signature manque" 1 "le sceau annonce une signature, qui n'est pas à côté de lui"
cp "$(echo s/*-000002.p7s)" x.p7s
signature "la signature d'un autre sceau" 4 "E-208"
openssl cms -sign -binary -in x.txt -signer c/etranger.pem -inkey c/etranger.cle -outform DER -out x.p7s 2>/dev/null
signature "signé par un autre" 4 "par un autre certificat que celui qu'il annonce"
openssl cms -sign -binary -nodetach -in x.txt -signer c/signataire.pem -inkey c/signataire.cle -outform DER -out x.p7s 2>/dev/null
signature "une signature qui contient le document" 4 "ce n'est pas une signature CMS détachée"
openssl cms -sign -binary -in x.txt -signer c/signataire.pem -inkey c/signataire.cle -outform DER -out x.p7s 2>/dev/null
signature "signé par openssl, de la bonne clé" 0 "valable"
openssl cms -sign -binary -md sha1 -in x.txt -signer c/signataire.pem -inkey c/signataire.cle -outform DER -out x.p7s 2>/dev/null
signature "signé par SHA-1" 4 "un procédé trop faible"
{ cat "$B.p7s"; printf 'x'; } >x.p7s
signature "un octet de trop" 4 E-208
: >x.p7s
signature "une signature vide" 4 E-208
head -c 2000000 /dev/zero >x.p7s
code "une signature énorme" 1 sons journal verifier --sceau x.txt
# Each byte, sampled: the signature covers everything but the bytes that nobody reads (the chain of certificates).
octets=$(wc -c <"$B.p7s") i=0 mal= bons=0 vus=0
while [ $i -lt "$octets" ]; do
    { head -c $i "$B.p7s"; tail -c +$((i + 1)) "$B.p7s" | head -c 1 | od -An -tu1 | awk '{ printf "%03o", ($1 + 64) % 256 }' | sed 's/^/\\/' | xargs -0 printf
        tail -c +$((i + 2)) "$B.p7s"; } >x.p7s
    sons journal verifier --sceau x.txt --confiance c/ac.pem >sortie 2>&1 && rc=0 || rc=$?
    case $rc in
    0) bons=$((bons + 1)) ;;
    1) grep -q 'E-209' sortie || mal="$mal $i:$rc" ;;
    4) grep -q 'E-208' sortie || mal="$mal $i:$rc" ;;
    *) mal="$mal $i:$rc" ;;
    esac
    vus=$((vus + 1))
    i=$((i + 17))
done
egal "un octet changé de la signature ($vus) : elle est dite fausse, ou son signataire sans confiance" "$mal" ""
cas "… ou c'est un octet de la chaîne, que rien n'engage ($bons)" [ $((bons * 3)) -lt $vus ]
rm x.p7s
# --- time-stamps ---
horodater c "$B.tsq" rep.tsr
code "openssl vérifie la réponse" 0 openssl ts -verify -data "$S" -in rep.tsr -CAfile c/ac.pem
dit "joindre, sans confiance donnée" 0 "autorité non vérifiée" sons journal sceller --horodatage rep.tsr --sceau "$S" --essai
cas "--essai ne joint rien" [ ! -e "$B.tsr" ]
dit "une autre autorité : refusée" 1 E-212 sons journal sceller --horodatage rep.tsr --sceau "$S" --confiance c/autre-ac.pem
cas "rien n'est joint" [ ! -e "$B.tsr" ]
dit "joindre" 0 "par Horodatage d'essai." sons journal sceller --horodatage rep.tsr --sceau "$S" --confiance c/ac.pem
cas "la réponse, telle quelle" cmp -s rep.tsr "$B.tsr"
dit "encore : déjà" 0 "déjà joint" sons journal sceller --horodatage rep.tsr --sceau "$S"
sleep 1
horodater c "$B.tsq" rep2.tsr
dit "une autre réponse ne remplace pas la première" 1 E-007 sons journal sceller --horodatage rep2.tsr --sceau "$S"
dit "tout est bon" 0 "1 sceau : 1 identique." sons journal verifier --sceau "$S" --confiance c/ac.pem
dit "le temps est à l'autre autorité" 1 E-212 sons journal verifier --sceau "$S" --confiance c/signataire.pem
horodatage() { # NAME CODE PART: answer x.tsr of x.txt, whose request is x.tsq
    dit "$1 : joindre" "$2" "$3" sons journal sceller --horodatage x.rep --sceau x.txt --confiance c/ac.pem
    cp x.rep x.tsr
    cp "$B.p7s" x.p7s
    dit "$1 : vérifier" "$2" "$3" sons journal verifier --sceau x.txt --confiance c/ac.pem
    rm -f x.tsr
}
cp "$B.tsq" x.tsq
horodater c "$(echo s/*-000002.tsq)" x.rep
horodatage "la réponse d'un autre sceau" 4 "le jeton date un autre document"
openssl ts -query -data x.txt -sha256 -cert -out autre.tsq 2>/dev/null
horodater c autre.tsq x.rep
horodatage "la réponse à une autre demande" 4 "le jeton répond à une autre demande"
openssl ts -query -data x.txt -sha512 -cert -out autre.tsq 2>/dev/null
horodater c autre.tsq x.rep # refused by the authority, which takes sha256 only
horodatage "une réponse de refus" 1 E-213
horodater c "$B.tsq" x.rep autre-ts
horodatage "horodaté par une autorité sans confiance" 1 E-212
cp "$B.p7s" x.rep
horodatage "une signature à la place de la réponse" 4 E-211
printf 'bonjour' >x.rep
horodatage "un autre fichier" 4 E-211
octets=$(wc -c <rep.tsr) i=0 mal= bons=0 vus=0
cp "$B.p7s" x.p7s
while [ $i -lt "$octets" ]; do
    { head -c $i rep.tsr; tail -c +$((i + 1)) rep.tsr | head -c 1 | od -An -tu1 | awk '{ printf "%03o", ($1 + 64) % 256 }' | sed 's/^/\\/' | xargs -0 printf
        tail -c +$((i + 2)) rep.tsr; } >x.tsr
    sons journal verifier --sceau x.txt --confiance c/ac.pem >sortie 2>&1 && rc=0 || rc=$?
    case $rc in
    0) bons=$((bons + 1)) ;;
    1) grep -q 'E-212\|E-213' sortie || mal="$mal $i:$rc" ;;
    4) grep -q 'E-211' sortie || mal="$mal $i:$rc" ;;
    *) mal="$mal $i:$rc" ;;
    esac
    vus=$((vus + 1))
    i=$((i + 17))
done
egal "un octet changé de l'horodatage ($vus) : il est dit faux, ou sans confiance" "$mal" ""
cas "… ou c'est un octet que rien n'engage ($bons)" [ $((bons * 3)) -lt $vus ]
rm -f x.tsr
# --- a seal lost, made again with its key ---
mkdir d
dit "refaire sans la clé" 0 "remettre à côté de lui celle d'origine" sons journal sceller --sortie d --refaire 3
cas "le bordereau est le même" cmp -s "$S" "d/${S##*/}"
dit "refaire par une autre clé" 1 "signé par un autre certificat" sons journal sceller --sortie d --refaire 3 --cle c/etranger.cle --certificat c/etranger.pem
dit "refaire la signature" 0 "Signé par Direction d'essai" sons journal sceller --sortie d --refaire 3 --cle c/ensemble.pem
dit "elle vaut la première" 0 "valable" sons journal verifier --sceau "d/${S##*/}" --confiance c/ac.pem
# A key of RSA, and one that CMS does not take.
openssl genrsa -out c/rsa.cle 2048 2>/dev/null
openssl req -new -x509 -key c/rsa.cle -subj /CN=RSA -config c/req.cnf -days 3 -out c/rsa.pem 2>/dev/null
dit "une clé RSA" 0 "Signé par RSA" sons journal sceller --sortie s --cle c/rsa.cle --certificat c/rsa.pem
openssl genpkey -algorithm ed25519 -out c/ed.cle 2>/dev/null
openssl req -new -x509 -key c/ed.cle -subj /CN=ED -config c/req.cnf -days 3 -out c/ed.pem 2>/dev/null
rien "une clé qui ne sait pas signer ainsi" 1 "la clé ne signe pas" sons journal sceller --sortie s --cle c/ed.cle --certificat c/ed.pem
fermer
