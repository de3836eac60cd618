# ruff: noqa: RUF001
"""What columns of people are called, in the languages and by the programs of this world."""

import unicodedata
from functools import cache

_NAMES = {
    "phone": (
        "phone phones phonenumber phoneno mobile mobilephone mobilephonenumber mobilenumber"
        " mobileno mobno cell cellphone cellnumber cellular tel telno telnumber"
        " telephone telephonenumber whatsapp whatsappnumber whatsappno phonevalue primaryphone"
        " contactnumber contactno homephone businessphone workphone otherphone companymainphone"
        " carphone homephonenumber workphonenumber privatephone"
        " telefon telefonnummer telefonnr telnr handy handynummer handynr mobil mobiltelefon"
        " mobilnummer mobilnr rufnummer telefonprivat telefongeschaftlich telefonmobil"
        " telefono telefonomovil movil celular numerodetelefono cellulare telefonomobile"
        " portable mobilephone gsm telefone telemovel telefoon mobiel telefoonnummer"
        " mobielnummer numerodetelephone telefonecelular telefonofisso"
        " komorka numertelefonu telefontal puhelin puhelinnumero telefonszam"
        " ceptelefonu telefonnumarasi mobilnitelefon telefonnicislo"
        " телефон мобильный номер номертелефона мобильныйтелефон мобільний"
        " 电话 电话号码 手机 手机号 手机号码 電話 電話番号 手機 携帯 携帯電話 携帯番号"
        " 전화 전화번호 휴대폰 휴대전화 핸드폰"
        " هاتف الهاتف جوال الجوال رقمالهاتف موبايل טלפון נייד מספרטלפון"
    ),
    "name": (
        "name fullname displayname contact contactname person member customer yourname"
        " yourfullname vollername anzeigename kontakt mitglied kunde ansprechpartner"
        " nombre nombrecompleto nom nomcomplet nome nomecompleto naam volledigenaam"
        " imieinazwisko namn navn nimi имя фио імя піб 姓名 名前 氏名 お名前 이름 성명"
        " الاسم اسم الاسمالكامل שם שםמלא ad adı isim adsoyad adısoyadı jmeno ονομα onoma nev"
    ),
    "first_name": (
        "firstname givenname forename vorname rufname prenom nombredepila primernombre"
        " nombres primeironome voornaam imie fornamn fornavn etunimi krestnijmeno keresztnev 名"
        " الاسمالاول שםפרטי"
    ),
    "last_name": (
        "lastname familyname surname nachname familienname zuname nomdefamille apellido apellidos"
        " cognome sobrenome apelido apelidos achternaam nazwisko efternamn etternavn sukunimi"
        " фамилия прізвище prijmeni soyad soyadi soyadı vezeteknev επωνυμο 姓 성 اسمالعائلة שםמשפחה"
    ),
    "middle_name": "middlename additionalname middlenames secondname отчество tussenvoegsel",
    "organisation": (
        "organizationname organisation organization company companyname firma unternehmen"
        " empresa entreprise societe azienda bedrijf"
    ),
    "nickname": "nickname spitzname",
    "calling_code": (
        "countrycode countrycallingcode callingcode dialcode diallingcode dialingcode"
        " phonecountrycode phonecode isdcode landesvorwahl landervorwahl indicatifpays"
        " codigopais codigodepais codigodelpais prefissointernazionale"
    ),
    "country": "country land pays pais paese staat страна 国家 國家 国",
    "notes": (
        "notes note comment comments remark remarks notizen notiz bemerkung bemerkungen kommentar"
        " notas nota observaciones remarques commentaire opmerkingen uwagi заметки примечание"
    ),
}


def use_of(name: str) -> str:
    """What a column of this name is, empty if nobody knows: phone, name, first_name, notes, …"""
    return _by_name().get(fold_name(name), "")


def fold_name(name: str) -> str:
    """A column's name in small letters without accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if one.isalnum())


@cache
def _by_name() -> dict[str, str]:
    """What a column of a name is, by the name folded."""
    return {fold_name(word): use for use, words in _NAMES.items() for word in words.split()}
