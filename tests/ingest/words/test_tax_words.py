"""Headings of tax ids, in the words of many regimes, and headings that only look like them."""

from __future__ import annotations

import pytest

from analytics.ingest.words.tax_words import may_name_tax_ids, mentions_tax_ids, names_tax_ids

OVER_TAX_IDS = """
note.tax.ein|customer.address.vat_number
SSN|Consignee SSN|EIN|FEIN #|ITIN|TIN|Recipient Tax ID|consignee_tax_id|consigneeTaxId|consignee.ssn
Employer ID Number|Social Security Number|IRS Number|VAT Number|Shipper VAT|VAT Reg. No.|USt-IdNr.
Numéro de TVA|Partita IVA|EORI|EORI No.|IOSS|GST/HST|GST No|HST Number|Business Number|BN Number|ABN
TFN|IRD Number|CNPJ/CPF|CPF|C.P.F. do destinatário|RFC|CURP|CUIT|NIT|R.U.T.|RUC|N.I.F.|NIF/NIE
CIF No|DNI|NINO|National Insurance No|UTR No|Codice Fiscale|PESEL|NIP|SIRET|BSN|INN|ИНН|Steuernummer
Aadhaar Number|PAN No|GSTIN|NPWP|NRIC|Passport No.|Passeport|护照号码|收件人身份证号码|身份证|税号
统一社会信用代码|法人番号|マイナンバー|My Number|주민등록번호|사업자등록번호|개인통관고유부호|PCCC
UID-Nummer|AHV-Nr|ID Card No|Driver's License|National ID|Identification Number
"""
NOT_OVER_TAX_IDS = """
Value|CIF Value|CIF Value (USD)|VAT Amount|VAT Rate|Tax Amount|Total Tax|Tax ID Type|Passport Country
Custom Value|Cust ID|Tracking Number|Phone|HTS Code|Order Number|Not Valid|Duty Paid|Consignee Name
Consignee ID|Account Number|Taxable|Container|Destination|Routing|Description|Pan Size|Inner Pack
Zip|Tax Code|Invoice Number|AVS Result|Dimensions|Company|Reference|Rating|Marketing|Run Number|Pin
"""


def _each(text):
    return [word for line in text.strip().splitlines() for word in line.split("|")]


@pytest.mark.parametrize("heading", _each(OVER_TAX_IDS))
def test_headings_of_tax_ids_are_known(heading):
    assert names_tax_ids(heading)


@pytest.mark.parametrize("heading", _each(NOT_OVER_TAX_IDS))
def test_other_headings_are_none(heading):
    assert not names_tax_ids(heading)


@pytest.mark.parametrize("heading", ["VAT", "GST", "PAN", "CIF"])
def test_a_word_with_several_meanings_is_unsure_alone(heading):
    assert may_name_tax_ids(heading)
    assert not names_tax_ids(heading)


def test_a_damaged_line_mentions_them_anywhere():
    assert mentions_tax_ids('{"a": 1, "consignee_tax_id": "91')
    assert not mentions_tax_ids("S2,2025-03-04,Ann Example")
