/* Every encoding that there is: text in a language that uses it is written in it, and must be read
 * again without its name. The system's iconv writes it, our own tables what that does not know. */
#include "check.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/encode.h"

#include <iconv.h>

static arena *mem;
static const encode_tables *tables;

static const char hans[] =
    "上午开会讨论了明年的计划，大家认为应当先修好桥，再铺路。下午去看了新学校。\n";
static const char hant[] =
    "上午開會討論了明年的計畫，大家認為應當先修好橋，再鋪路。下午去看了新學校。\n";
static const char ja[] =
    "午前の会議では来年の計画について話し合い、まず橋を直すことに決めました。\n";
static const char ko[] =
    "오전 회의에서는 내년 계획을 의논하고 먼저 다리를 고치기로 결정하였습니다.\n";
static const char fr[] =
    "Le matin, nous avons parlé du projet de l'année prochaine ; après le déjeuner, les élèves "
    "ont visité la nouvelle école près de la forêt, où l'été dernier un chêne était tombé.\n";
static const char de[] =
    "Am Vormittag wurde über die Pläne für das nächste Jahr gesprochen. Zuerst müssen die Brücken "
    "geprüft werden, dann die Straßen; größere Änderungen können später folgen.\n";
static const char es[] =
    "Por la mañana hablamos del año que viene; después de comer, los niños visitaron la escuela "
    "nueva. ¿Quién reparará el puente? El señor Núñez dirá mañana qué opinión tiene.\n";
static const char pt[] =
    "De manhã falámos do próximo ano; à tarde as crianças visitaram a nova escola. Não há dúvida "
    "de que a reparação da ponte é a primeira obrigação: as árvores já estão no chão.\n";
static const char da[] =
    "Om formiddagen talte vi om næste års planer; først skal broen gøres i stand, så vejen på øen. "
    "Børnene så den nye skole, og på vejen hjem købte de æbler og brød til aftensmåltidet.\n";
static const char is_[] =
    "Fyrir hádegi ræddum við áætlun næsta árs; það þarf fyrst að gera við brúna og síðan veginn. "
    "Börnin skoðuðu nýja skólann og þótti hann mjög góður, en það rigndi allan daginn.\n";
static const char pl[] =
    "Przed południem omówiliśmy plany na przyszły rok; najpierw trzeba naprawić most, później "
    "drogę. Dzieci zwiedziły nową szkołę, a wieczorem wróciły do domów żółtą łódką.\n";
static const char cs[] =
    "Dopoledne jsme mluvili o plánech na příští rok; nejdřív je třeba opravit most, potom silnici. "
    "Děti si prohlédly novou školu a večer se vrátily domů, protože začalo pršet.\n";
static const char hu[] =
    "Délelőtt a jövő évi tervekről beszéltünk; először a hidat kell megjavítani, azután az utat. "
    "A gyerekek megnézték az új iskolát, és este gyönyörű idő volt, amikor hazatértek.\n";
static const char ro[] =
    "Dimineața am vorbit despre planurile de anul viitor: „întâi trebuie reparat podul”, apoi "
    "drumul. Copiii au văzut școala nouă și s-au întors acasă seara, fiindcă începuse să plouă.\n";
static const char tr[] =
    "Öğleden önce gelecek yılın planlarını konuştuk; önce köprünün, sonra yolun onarılması "
    "gerekiyor. Çocuklar yeni okulu gördüler ve akşamüstü yağmur başlayınca evlerine döndüler.\n";
static const char eo[] =
    "Antaŭtagmeze ni parolis pri la planoj de la venonta jaro; unue oni devas ripari la ponton, "
    "poste la vojon. La infanoj vizitis la novan lernejon, kaj ĉiuj ĝojis pri la bela ĝardeno, "
    "ĉar ankaŭ la maljunaj arboj ŝajnis freŝaj.\n";
static const char lv[] =
    "Priekšpusdienā runājām par nākamā gada plāniem; vispirms jāsalabo tilts, pēc tam ceļš. Bērni "
    "apskatīja jauno skolu un vakarā atgriezās mājās, jo sāka līt stiprs lietus.\n";
static const char lt[] =
    "Priešpiet kalbėjome apie kitų metų planus; pirmiausia reikia pataisyti tiltą, paskui kelią. "
    "Vaikai apžiūrėjo naująją mokyklą ir vakare grįžo namo, nes pradėjo smarkiai lyti.\n";
static const char el[] =
    "Το πρωί μιλήσαμε για τα σχέδια της επόμενης χρονιάς: πρώτα πρέπει να επισκευαστεί η γέφυρα "
    "και μετά ο δρόμος. Τα παιδιά είδαν το νέο σχολείο και γύρισαν σπίτι το βράδυ.\n";
static const char ru[] =
    "Утром мы говорили о планах на будущий год: сначала нужно починить мост, потом дорогу. Дети "
    "посмотрели новую школу и вечером вернулись домой, потому что пошёл дождь.\n";
static const char uk[] =
    "Вранці ми говорили про плани на наступний рік: спочатку треба полагодити міст, потім "
    "дорогу. Діти оглянули нову школу і ввечері повернулися додому, бо пішов дощ.\n";
static const char kk[] =
    "Таңертең біз келесі жылдың жоспары туралы сөйлестік: алдымен көпірді, содан кейін жолды "
    "жөндеу керек. Балалар жаңа мектепті көріп, кешке үйлеріне қайтты, өйткені жаңбыр жауды.\n";
static const char he[] =
    "בבוקר דיברנו על התוכניות לשנה הבאה: תחילה צריך לתקן את הגשר ואחר כך את הכביש. הילדים ביקרו "
    "בבית הספר החדש וחזרו הביתה בערב, כי התחיל לרדת גשם.\n";
static const char ar[] =
    "تحدثنا في الصباح عن خطط السنة القادمة: يجب أولا إصلاح الجسر ثم الطريق. زار الأطفال المدرسة "
    "الجديدة وعادوا إلى بيوتهم في المساء لأن المطر بدأ ينزل.\n";
static const char th[] = "ตอนเช้าเราพูดคุยกันเรื่องแผนของปีหน้า ก่อนอื่นต้องซ่อมสะพาน แล้วจึงซ่อมถนน เด็กๆ "
                         "ไปดูโรงเรียนใหม่ และกลับบ้านตอนเย็น\n";

static const struct written {
    const char *encoding, *text;
} all[] = {
    {"UTF-8", hans},      {"UTF-16LE", hans},
    {"UTF-16BE", hant},   {"UTF-32LE", hans},
    {"UTF-32BE", ja},     {"GB18030", hans},
    {"Big5", hant},       {"EUC-TW", hant},
    {"HZ-GB-2312", hans}, {"ISO-2022-CN-EXT", hans},
    {"Shift_JIS", ja},    {"EUC-JP", ja},
    {"ISO-2022-JP", ja},  {"EUC-KR", ko},
    {"JOHAB", ko},        {"ISO-2022-KR", ko},
    {"UTF-16LE", fr},     {"UTF-16BE", ru},
    {"UTF-32LE", el},     {"windows-1250", pl},
    {"windows-1250", cs}, {"windows-1251", ru},
    {"windows-1252", fr}, {"windows-1252", es},
    {"windows-1253", el}, {"windows-1254", tr},
    {"windows-1255", he}, {"windows-1256", ar},
    {"windows-1257", lt}, {"windows-1257", lv},
    {"windows-874", th},  {"ISO-8859-2", cs},
    {"ISO-8859-2", hu},   {"ISO-8859-3", eo},
    {"ISO-8859-4", lv},   {"ISO-8859-5", ru},
    {"ISO-8859-6", ar},   {"ISO-8859-7", el},
    {"ISO-8859-8", he},   {"ISO-8859-10", is_},
    {"ISO-8859-13", lt},  {"ISO-8859-15", fr},
    {"ISO-8859-16", ro},  {"KOI8-R", ru},
    {"KOI8-U", uk},       {"KZ-1048", kk},
    {"PTCP154", kk},      {"IBM437", de},
    {"CP720", ar},        {"CP737", el},
    {"CP775", lt},        {"IBM850", de},
    {"IBM850", pt},       {"IBM852", pl},
    {"IBM855", ru},       {"IBM857", tr},
    {"CP858", es},        {"IBM860", pt},
    {"IBM861", is_},      {"IBM862", he},
    {"IBM863", fr},       {"IBM865", da},
    {"IBM866", ru},       {"IBM869", el},
    {"CP1125", uk},       {"macintosh", fr},
    {"macintosh", de},    {"x-mac-cyrillic", ru},
    {"maclatin2", cs},    {"macgreek", el},
    {"macturkish", tr},   {"maciceland", is_},
    {"cp037", fr},        {"cp500", de},
    {"cp1026", tr},       {"cp875", el},
    {"cp424", he},
};

static str by_iconv(const char *name, str text) {
    iconv_t to = iconv_open(strcmp(name, "HZ-GB-2312") ? name : "GB2312", "UTF-8");
    size_t left = text.n, room = 8 * text.n + 64;
    char *bytes = arena_alloc(mem, room), *in = (char *)text.p, *out = bytes;
    bool ok = to != (iconv_t)-1 && bytes && iconv(to, &in, &left, &out, &room) != (size_t)-1 &&
              iconv(to, NULL, NULL, &out, &room) != (size_t)-1;
    if (to != (iconv_t)-1) iconv_close(to);
    return (str){bytes, ok ? (size_t)(out - bytes) : 0};
}

/* GB 2312 as HZ writes it: seven bits between ~{ and ~}. */
static str as_hz(str gb) {
    char *p = arena_alloc(mem, 3 * gb.n + 4);
    size_t n = 0;
    bool wide = false;
    for (size_t i = 0; i < gb.n; i++) {
        bool high = (unsigned char)gb.p[i] >= 0x80;
        if (high != wide) p[n++] = '~', p[n++] = high ? '{' : '}';
        wide = high;
        p[n++] = gb.p[i] & 0x7F;
    }
    return (str){p, n};
}

static str by_page(const encoding *e, str text) {
    uint8_t *p = arena_alloc(mem, text.n);
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t made = encode_char(tables, e, utf8_next(text, &at), p + n);
        if (!made) return (str){NULL, 0};
        n += made;
    }
    return (str){(const char *)p, n};
}

static void check_one(const struct written *w) {
    const encoding *e = encoding_find(str_of(w->encoding));
    str text = str_of(w->text), bytes = by_iconv(w->encoding, text);
    if (e && !strcmp(w->encoding, "HZ-GB-2312")) bytes = as_hz(bytes);
    if (e && !bytes.n) bytes = by_page(e, text);
    detection d;
    decoded back = {0};
    CHECK(e && bytes.n);
    if (!e || !bytes.n) return;
    detect((const uint8_t *)bytes.p, bytes.n, &d);
    CHECK(d.enc && decode(mem, d.enc, (const uint8_t *)bytes.p, bytes.n, 0, &back));
    CHECK_STR(back.text, text);
}

/* The same by what the text says of itself, where too little else does. */
static void believes_declarations(void) {
    static const struct {
        const char *text, *encoding;
    } declared[] = {
        {"<?xml version=\"1.0\" encoding=\"ISO-8859-5\"?>\n<a>\xB4\xD0</a>\n", "ISO-8859-5"},
        {"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>\n\xC4\xC1\n",
         "KOI8-R"},
        {"# -*- coding: mac_roman -*-\nx = 'caf\x8E'\n", "macintosh"},
        {"Content-Type: text/plain; charset=\"Shift_JIS\"\n\n\x8E\x9F\n", "Shift_JIS"},
        {"<meta charset=big5>\n<b>\xA4\xA4</b>\n", "Big5"},
        {"<meta charset=gbk>\n<b>\xC4\xBF\xC2\xBC</b>\n", "GB18030"},
    };
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        detection d;
        detect((const uint8_t *)declared[i].text, strlen(declared[i].text), &d);
        CHECK_STR(str_of(d.enc ? encoding_name(d.enc) : "binary"), str_of(declared[i].encoding));
    }
}

static void reads_them_all(void) {
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) check_one(&all[i]);
}

int main(void) {
    mem = arena_new(0);
    tables = mem ? encode_tables_new(mem) : NULL;
    if (!tables) return 1;
    RUN(reads_them_all);
    RUN(believes_declarations);
    arena_free(mem);
    return check_result();
}
