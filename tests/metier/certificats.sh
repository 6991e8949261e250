# Certificates and a time-stamping authority made with openssl(1), for the tests of seals; sourced. `certificats DIR` makes, in
# DIR: ac.pem (authority), signataire.pem + signataire.cle (+ .p12, mot de passe « secret »), etranger.pem + .cle (another
# authority's), perime.pem + .cle, tsa.pem + .cle and tsa.cnf. `horodater DIR DEMANDE REPONSE [SIGNATAIRE]` answers a request.
OPENSSL_CONF=/dev/null
export OPENSSL_CONF
cle() { openssl ecparam -name prime256v1 -genkey -noout -out "$1" 2>/dev/null; }
# certifier NAME CN AUTHORITY [EXTENSIONS]: key and certificate, signed by the authority (its own when there is none).
certifier() {
    cle "$d/$1.cle"
    printf '%s\n' "${4:-basicConstraints=CA:FALSE}" >"$d/$1.ext"
    openssl req -new -key "$d/$1.cle" -subj "/O=Essai/CN=$2" -config "$d/req.cnf" -out "$d/$1.csr" 2>/dev/null
    if [ -n "$3" ]; then
        openssl x509 -req -in "$d/$1.csr" -CA "$d/$3.pem" -CAkey "$d/$3.cle" -CAcreateserial -days "${jours:-30}" -extfile "$d/$1.ext" -out "$d/$1.pem" 2>/dev/null
    else
        openssl x509 -req -in "$d/$1.csr" -signkey "$d/$1.cle" -days 30 -extfile "$d/$1.ext" -out "$d/$1.pem" 2>/dev/null
    fi
}
certificats() {
    d=$1
    mkdir -p "$d"
    printf '[req]\ndistinguished_name=dn\nprompt=no\nutf8=yes\n[dn]\nCN=x\n' >"$d/req.cnf"
    certifier ac "Autorité d'essai" "" "basicConstraints=critical,CA:TRUE"
    certifier autre-ac "Autre autorité" "" "basicConstraints=critical,CA:TRUE"
    certifier signataire "Direction d'essai" ac
    certifier etranger "Inconnu" autre-ac
    certifier autre-ts "Autre horodatage" autre-ac "extendedKeyUsage=critical,timeStamping"
    certifier tsa "Horodatage d'essai" ac "extendedKeyUsage=critical,timeStamping"
    jours=-1 certifier perime "Périmé" ac # none when openssl refuses
    openssl pkcs12 -export -inkey "$d/signataire.cle" -in "$d/signataire.pem" -certfile "$d/ac.pem" -passout pass:secret -out "$d/signataire.p12" 2>/dev/null
    cat "$d/signataire.cle" "$d/signataire.pem" >"$d/ensemble.pem"
    openssl ec -in "$d/signataire.cle" -aes256 -passout pass:secret -out "$d/chiffree.cle" 2>/dev/null
    echo secret >"$d/secret"
    echo faux >"$d/faux"
    echo 01 >"$d/tsa.serie"
    printf '[tsa]\ndefault_tsa=t\n[t]\nserial=%s/tsa.serie\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\nsigner_digest=sha256\ness_cert_id_alg=sha256\n' "$d" >"$d/tsa.cnf"
}
horodater() {
    openssl ts -reply -queryfile "$2" -config "$1/tsa.cnf" -section t -signer "$1/${4:-tsa}.pem" -inkey "$1/${4:-tsa}.cle" -out "$3" >/dev/null 2>&1
}
