EXTRA_DIST += \
	samples/LISEZMOI.md samples/demo.sh samples/deux-commandes.csv \
	samples/etalab-cs1100502-corse-20210108.csv \
	samples/etalab-cs1100502-stock-20210108-social.csv.gz \
	samples/etalab-cs1100502-corse-20210108-redatee-20220103.csv \
	samples/fournisseurs.csv samples/solutions.csv samples/financements.csv samples/commandes.csv \
	samples/pieces/BC-2022-001.pdf samples/pieces/BC-2022-002.pdf samples/pieces/BC-2022-003.pdf \
	samples/pieces/BC-2022-004.pdf samples/pieces/BC-2022-005.pdf samples/pieces/BC-2022-006.pdf \
	samples/pieces/BC-2022-007.pdf samples/pieces/BC-2022-008.pdf \
	samples/crm/commandes.csv samples/crm/correspondance.csv \
	samples/crm/bons/PP-001.pdf samples/crm/bons/Bon_PP_002_signe.pdf samples/crm/bons/PP_003.pdf \
	samples/crm/bons/PP-004-Aiutu.pdf samples/crm/bons/PP-005.pdf samples/crm/bons/scan0042.pdf
