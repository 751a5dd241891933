<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&quot;red boat&quot; lake</source>
        <translation>&quot;красная лодка&quot; озеро</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s):</source>
        <translation>
            <numerusform>%Ln противоречие:</numerusform>
            <numerusform>%Ln противоречия:</numerusform>
            <numerusform>%Ln противоречий:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>Не удалось прочитать %Ln файл</numerusform>
            <numerusform>Не удалось прочитать %Ln файла</numerusform>
            <numerusform>Не удалось прочитать %Ln файлов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read.</source>
        <translation>
            <numerusform>Не удалось прочитать %Ln файл.</numerusform>
            <numerusform>Не удалось прочитать %Ln файла.</numerusform>
            <numerusform>Не удалось прочитать %Ln файлов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) with this very picture</source>
        <translation>
            <numerusform>%Ln файл с этим же снимком</numerusform>
            <numerusform>%Ln файла с этим же снимком</numerusform>
            <numerusform>%Ln файлов с этим же снимком</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln изображение</numerusform>
            <numerusform>%Ln изображения</numerusform>
            <numerusform>%Ln изображений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln judged pair(s)</source>
        <translation>
            <numerusform>%Ln оценённая пара</numerusform>
            <numerusform>%Ln оценённые пары</numerusform>
            <numerusform>%Ln оценённых пар</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) of a crowd were left out: its votes are counts, and nobody&apos;s in particular.</source>
        <translation>
            <numerusform>Пропущена %Ln метка краудсорсинга: в ней только число голосов, без имён.</numerusform>
            <numerusform>Пропущены %Ln метки краудсорсинга: в них только число голосов, без имён.</numerusform>
            <numerusform>Пропущено %Ln меток краудсорсинга: в них только число голосов, без имён.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out by the content rule</source>
        <comment>queries</comment>
        <translation>
            <numerusform>%Ln скрыт правилом содержания</numerusform>
            <numerusform>%Ln скрыто правилом содержания</numerusform>
            <numerusform>%Ln скрыто правилом содержания</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln совпадение</numerusform>
            <numerusform>%Ln совпадения</numerusform>
            <numerusform>%Ln совпадений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more photo(s) are unlikely to match.</source>
        <translation>
            <numerusform>Ещё %Ln фотография вряд ли подходит.</numerusform>
            <numerusform>Ещё %Ln фотографии вряд ли подходят.</numerusform>
            <numerusform>Ещё %Ln фотографий вряд ли подходят.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s)</source>
        <comment>labels of</comment>
        <translation>
            <numerusform>%Ln пары</numerusform>
            <numerusform>%Ln пар</numerusform>
            <numerusform>%Ln пар</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s) are withheld by the content rule.</source>
        <translation>
            <numerusform>%Ln пара скрыта правилом содержания.</numerusform>
            <numerusform>%Ln пары скрыты правилом содержания.</numerusform>
            <numerusform>%Ln пар скрыто правилом содержания.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s) have a picture that cannot be read.</source>
        <translation>
            <numerusform>У %Ln пары не удалось прочитать изображение.</numerusform>
            <numerusform>У %Ln пар не удалось прочитать изображения.</numerusform>
            <numerusform>У %Ln пар не удалось прочитать изображения.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln фотография</numerusform>
            <numerusform>%Ln фотографии</numerusform>
            <numerusform>%Ln фотографий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are missing</source>
        <translation>
            <numerusform>Пропала %Ln фотография</numerusform>
            <numerusform>Пропали %Ln фотографии</numerusform>
            <numerusform>Пропало %Ln фотографий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are missing. They are kept in case they come back: a photo that returns is not read again.</source>
        <translation>
            <numerusform>Пропала %Ln фотография. Данные о ней сохраняются: если она вернётся, читать её заново не придётся.</numerusform>
            <numerusform>Пропали %Ln фотографии. Данные о них сохраняются: если они вернутся, читать их заново не придётся.</numerusform>
            <numerusform>Пропало %Ln фотографий. Данные о них сохраняются: если они вернутся, читать их заново не придётся.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are on a drive that is not connected; they are shown as last seen.</source>
        <translation>
            <numerusform>%Ln фотография находится на неподключённом диске и показана такой, какой была.</numerusform>
            <numerusform>%Ln фотографии находятся на неподключённом диске и показаны такими, какими были.</numerusform>
            <numerusform>%Ln фотографий находятся на неподключённом диске и показаны такими, какими были.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are withheld by the content rule.</source>
        <translation>
            <numerusform>%Ln фотография скрыта правилом содержания.</numerusform>
            <numerusform>%Ln фотографии скрыты правилом содержания.</numerusform>
            <numerusform>%Ln фотографий скрыто правилом содержания.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be copied; the first: {problem}</source>
        <translation>
            <numerusform>Не удалось скопировать %Ln фотографию: {problem}</numerusform>
            <numerusform>Не удалось скопировать %Ln фотографии; первая: {problem}</numerusform>
            <numerusform>Не удалось скопировать %Ln фотографий; первая: {problem}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) found</source>
        <translation>
            <numerusform>Найдена %Ln фотография</numerusform>
            <numerusform>Найдено %Ln фотографии</numerusform>
            <numerusform>Найдено %Ln фотографий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <comment>labels of</comment>
        <translation>
            <numerusform>%Ln изображения</numerusform>
            <numerusform>%Ln изображений</numerusform>
            <numerusform>%Ln изображений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not as rated ({names}); the ratings are kept for the pictures as they were.</source>
        <translation>
            <numerusform>%Ln изображение изменилось после оценки ({names}); оценки сохранены для прежнего вида.</numerusform>
            <numerusform>%Ln изображения изменились после оценки ({names}); оценки сохранены для прежнего вида.</numerusform>
            <numerusform>%Ln изображений изменились после оценки ({names}); оценки сохранены для прежнего вида.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) could not be linked and were copied.</source>
        <translation>
            <numerusform>Для %Ln изображения не удалось создать ссылку, оно скопировано.</numerusform>
            <numerusform>Для %Ln изображений не удалось создать ссылки, они скопированы.</numerusform>
            <numerusform>Для %Ln изображений не удалось создать ссылки, они скопированы.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) in a format that dataset folders do not know (such as HEIC)</source>
        <comment>ratings of</comment>
        <translation>
            <numerusform>%Ln изображения в неподдерживаемом набором данных формате (например, HEIC)</numerusform>
            <numerusform>%Ln изображений в неподдерживаемом набором данных формате (например, HEIC)</numerusform>
            <numerusform>%Ln изображений в неподдерживаемом набором данных формате (например, HEIC)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) that are missing</source>
        <comment>ratings of</comment>
        <translation>
            <numerusform>%Ln пропавшего изображения</numerusform>
            <numerusform>%Ln пропавших изображений</numerusform>
            <numerusform>%Ln пропавших изображений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) that were rated are not in the folder.</source>
        <translation>
            <numerusform>В папке нет %Ln оценённого изображения.</numerusform>
            <numerusform>В папке нет %Ln оценённых изображений.</numerusform>
            <numerusform>В папке нет %Ln оценённых изображений.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) of {pictures} are in ratings.csv alone.</source>
        <translation>
            <numerusform>%Ln оценка {pictures} есть только в ratings.csv.</numerusform>
            <numerusform>%Ln оценки {pictures} есть только в ratings.csv.</numerusform>
            <numerusform>%Ln оценок {pictures} есть только в ratings.csv.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) were here already.</source>
        <translation>
            <numerusform>%Ln оценка уже была.</numerusform>
            <numerusform>%Ln оценки уже были.</numerusform>
            <numerusform>%Ln оценок уже были.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) were in more than one folder and are there once.</source>
        <translation>
            <numerusform>%Ln оценка встретилась в нескольких папках и записана один раз.</numerusform>
            <numerusform>%Ln оценки встретились в нескольких папках и записаны по одному разу.</numerusform>
            <numerusform>%Ln оценок встретились в нескольких папках и записаны по одному разу.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) without a query are in ratings.csv alone.</source>
        <translation>
            <numerusform>%Ln оценка без запроса есть только в ratings.csv.</numerusform>
            <numerusform>%Ln оценки без запроса есть только в ratings.csv.</numerusform>
            <numerusform>%Ln оценок без запроса есть только в ratings.csv.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>Исключена %Ln строка</numerusform>
            <numerusform>Исключено %Ln строки</numerusform>
            <numerusform>Исключено %Ln строк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) of the folder&apos;s tables could not be used.</source>
        <translation>
            <numerusform>Не удалось использовать %Ln строку таблиц папки.</numerusform>
            <numerusform>Не удалось использовать %Ln строки таблиц папки.</numerusform>
            <numerusform>Не удалось использовать %Ln строк таблиц папки.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>Выделена %Ln</numerusform>
            <numerusform>Выделены %Ln</numerusform>
            <numerusform>Выделено %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln test query(s)</source>
        <translation>
            <numerusform>%Ln проверочный запрос</numerusform>
            <numerusform>%Ln проверочных запроса</numerusform>
            <numerusform>%Ln проверочных запросов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unlikely</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln маловероятное</numerusform>
            <numerusform>%Ln маловероятных</numerusform>
            <numerusform>%Ln маловероятных</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unlikely hidden</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln маловероятное скрыто</numerusform>
            <numerusform>%Ln маловероятных скрыто</numerusform>
            <numerusform>%Ln маловероятных скрыто</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;About ImgSearch</source>
        <translation>&amp;О программе ImgSearch</translation>
    </message>
    <message>
        <source>&amp;Agreement between raters…</source>
        <translation>&amp;Согласие экспертов…</translation>
    </message>
    <message>
        <source>&amp;Best match</source>
        <translation>По &amp;совпадению</translation>
    </message>
    <message>
        <source>&amp;Block searches with marked words</source>
        <translation>&amp;Не показывать запросы с отмеченными словами</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Очистить</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>&amp;Очистить список</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Закрыть</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копировать</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Copy %Ln selected photo(s) to a folder…</source>
        <translation>
            <numerusform>&amp;Копировать %Ln выделенную фотографию в папку…</numerusform>
            <numerusform>&amp;Копировать %Ln выделенные фотографии в папку…</numerusform>
            <numerusform>&amp;Копировать %Ln выделенных фотографий в папку…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy photos to a folder…</source>
        <translation>&amp;Копировать фото в папку…</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>&amp;Копировать изображение</translation>
    </message>
    <message>
        <source>&amp;Copy the pictures</source>
        <translation>&amp;Копировать изображения</translation>
    </message>
    <message>
        <source>&amp;Dataset folder</source>
        <translation>&amp;Папка набора данных</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Удалить…</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Отказаться</translation>
    </message>
    <message>
        <source>&amp;Do not save</source>
        <translation>&amp;Не сохранять</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Экспортировать</translation>
    </message>
    <message>
        <source>&amp;Export ratings…</source>
        <translation>&amp;Экспорт оценок…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>&amp;Figures</source>
        <translation>&amp;Показатели</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Найти</translation>
    </message>
    <message>
        <source>&amp;Fold identical pictures</source>
        <translation>О&amp;бъединять одинаковые снимки</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
    <message>
        <source>&amp;Hold out</source>
        <translation>&amp;Отложить</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Импортировать</translation>
    </message>
    <message>
        <source>&amp;Import ratings…</source>
        <translation>&amp;Импорт оценок…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Импорт…</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Сохранить</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Сочетания клавиш</translation>
    </message>
    <message>
        <source>&amp;Larger thumbnails</source>
        <translation>&amp;Крупнее</translation>
    </message>
    <message>
        <source>&amp;Learn from</source>
        <translation>&amp;Учиться на</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>&amp;Лицензии</translation>
    </message>
    <message>
        <source>&amp;Link the pictures</source>
        <translation>Создать &amp;ссылки на изображения</translation>
    </message>
    <message>
        <source>&amp;Matches</source>
        <translation>&amp;Совпадения</translation>
    </message>
    <message>
        <source>&amp;Missing ({count})</source>
        <translation>&amp;Пропали ({count})</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Модель</translation>
    </message>
    <message>
        <source>&amp;Model card</source>
        <translation>&amp;Карточка модели</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Модели…</translation>
    </message>
    <message>
        <source>&amp;More like this</source>
        <translation>По&amp;хожие на эту</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Имя</translation>
    </message>
    <message>
        <source>&amp;Newest first</source>
        <translation>Сначала &amp;новые</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>&amp;Выключено</translation>
    </message>
    <message>
        <source>&amp;Oldest first</source>
        <translation>Сначала с&amp;тарые</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>&amp;Открыть папку…</translation>
    </message>
    <message>
        <source>&amp;Open with the system&apos;s viewer</source>
        <translation>&amp;Открыть в системной программе</translation>
    </message>
    <message>
        <source>&amp;Pause or resume reading</source>
        <translation>Приостановить или продолжить &amp;чтение</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>Ф&amp;отография</translation>
    </message>
    <message>
        <source>&amp;Queries</source>
        <translation>&amp;Запросы</translation>
    </message>
    <message>
        <source>&amp;Query forms…</source>
        <translation>&amp;Виды запросов…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Выйти</translation>
    </message>
    <message>
        <source>&amp;Rate</source>
        <translation>О&amp;ценка</translation>
    </message>
    <message>
        <source>&amp;Rate these matches</source>
        <translation>О&amp;ценить эти совпадения</translation>
    </message>
    <message>
        <source>&amp;Raters</source>
        <translation>&amp;Эксперты</translation>
    </message>
    <message>
        <source>&amp;Read folder again</source>
        <translation>Прочитать папку &amp;заново</translation>
    </message>
    <message>
        <source>&amp;Recent searches</source>
        <translation>Недавние &amp;запросы</translation>
    </message>
    <message>
        <source>&amp;Reliability</source>
        <translation>&amp;Надёжность</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Пере&amp;именовать</translation>
    </message>
    <message>
        <source>&amp;Rename or remove…</source>
        <translation>Пере&amp;именовать или удалить…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Сохранить</translation>
    </message>
    <message>
        <source>&amp;Save this search…</source>
        <translation>&amp;Сохранить этот запрос…</translation>
    </message>
    <message>
        <source>&amp;Scale:</source>
        <translation>&amp;Шкала:</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Поиск</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Настройки…</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Порядок</translation>
    </message>
    <message>
        <source>&amp;Start from</source>
        <translation>&amp;Начать с</translation>
    </message>
    <message>
        <source>&amp;Stop training</source>
        <translation>&amp;Остановить обучение</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Обучить</translation>
    </message>
    <message>
        <source>&amp;Train…</source>
        <translation>&amp;Обучить…</translation>
    </message>
    <message>
        <source>&amp;Try a query</source>
        <translation>По&amp;пробовать запрос</translation>
    </message>
    <message>
        <source>&amp;Two raters</source>
        <translation>&amp;Пары экспертов</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Использовать</translation>
    </message>
    <message>
        <source>&amp;Use it now</source>
        <translation>&amp;Использовать сразу</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Warn, and show pictures</source>
        <translation>&amp;Предупреждать, но показывать</translation>
    </message>
    <message>
        <source>&apos;{key}&apos; in [{section}]</source>
        <translation>«{key}» в разделе [{section}]</translation>
    </message>
    <message>
        <source>+, −, the wheel or two fingers</source>
        <translation>+, −, колесо мыши или два пальца</translation>
    </message>
    <message>
        <source>+{size:.3f}</source>
        <translation>+{size:.3f}</translation>
    </message>
    <message>
        <source>1 is full agreement, 0 what chance would give</source>
        <translation>1 — полное согласие, 0 — как при случайных оценках</translation>
    </message>
    <message>
        <source>1 to 4</source>
        <translation>От 1 до 4</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>2:beach dog</source>
        <translation>2:пляж собака</translation>
    </message>
    <message>
        <source>A contact sheet is a .pdf or a .png file, and not {file}.</source>
        <translation>Контактный лист сохраняется в файл .pdf или .png, а не {file}.</translation>
    </message>
    <message numerus="yes">
        <source>A dash stands where there are fewer than %Ln pair(s) in common, or no two values differ.</source>
        <translation>
            <numerusform>Прочерк стоит там, где меньше %Ln общей пары или все значения одинаковы.</numerusform>
            <numerusform>Прочерк стоит там, где меньше %Ln общих пар или все значения одинаковы.</numerusform>
            <numerusform>Прочерк стоит там, где меньше %Ln общих пар или все значения одинаковы.</numerusform>
        </translation>
    </message>
    <message>
        <source>A few photographs that come with ImgSearch.</source>
        <translation>Несколько фотографий из комплекта ImgSearch.</translation>
    </message>
    <message>
        <source>A folder that was exported, or a dataset folder</source>
        <translation>Экспортированная папка или папка набора данных</translation>
    </message>
    <message>
        <source>A folder with train_dataset.csv, or drop one here</source>
        <translation>Папка с файлом train_dataset.csv; её можно перетащить сюда</translation>
    </message>
    <message>
        <source>A little</source>
        <translation>Немного</translation>
    </message>
    <message>
        <source>A minus sign takes photos away that match the word or phrase.</source>
        <translation>Минус убирает фотографии, которые подходят к слову или фразе.</translation>
    </message>
    <message>
        <source>A new matcher is ready</source>
        <translation>Новая модель готова</translation>
    </message>
    <message>
        <source>A new matcher learns from people&apos;s judgements. Nothing changes until you keep it; meanwhile, searching goes on.</source>
        <translation>Новая модель учится на оценках людей. Ничего не изменится, пока её не сохранить; искать можно и во время обучения.</translation>
    </message>
    <message>
        <source>A new or empty folder</source>
        <translation>Новая или пустая папка</translation>
    </message>
    <message>
        <source>A number of steps</source>
        <translation>Заданное число шагов</translation>
    </message>
    <message>
        <source>A phrase in quotation marks counts as a sentence of its own.</source>
        <translation>Фраза в кавычках считается отдельным предложением.</translation>
    </message>
    <message>
        <source>A picture can be a query too: drop or paste it into the field, or choose “More like this” in the menu of a photo. Words beside it count as well.</source>
        <translation>Запросом может быть и изображение: перетащите или вставьте его в поле либо выберите «Похожие на эту» в меню фотографии. Слова рядом с ним тоже учитываются.</translation>
    </message>
    <message>
        <source>A query holds at most {most} phrases, weights and minus signs.</source>
        <translation>В запросе может быть не больше {most} фраз, весов и минусов.</translation>
    </message>
    <message>
        <source>A saved search needs a name.</source>
        <translation>Сохранённому запросу нужно имя.</translation>
    </message>
    <message>
        <source>A score is a number from 0 to 1, as in “score&gt;0.6”.</source>
        <translation>Балл — число от 0 до 1, например «балл&gt;0.6».</translation>
    </message>
    <message>
        <source>A screen up or down</source>
        <translation>На экран вверх или вниз</translation>
    </message>
    <message>
        <source>A text is longer than {most:,} characters.</source>
        <translation>Текст длиннее {most:,} знаков.</translation>
    </message>
    <message>
        <source>A text of the rating by {who} at {time} holds a NUL character, which no CSV file can hold.</source>
        <translation>В тексте оценки ({who}, {time}) есть нулевой символ, который нельзя записать в CSV.</translation>
    </message>
    <message>
        <source>A text of the rating by {who} at {time} is longer than {most:,} characters, which no CSV file can hold.</source>
        <translation>Текст оценки ({who}, {time}) длиннее {most:,} знаков, такой нельзя записать в CSV.</translation>
    </message>
    <message>
        <source>A torchvision classifier reads pictures, not text: {spec!r}.</source>
        <translation>Классификатор torchvision читает изображения, а не текст: {spec!r}.</translation>
    </message>
    <message>
        <source>A weight before a word or phrase makes it count more, or less.</source>
        <translation>Вес перед словом или фразой усиливает их или ослабляет.</translation>
    </message>
    <message>
        <source>A weight is above 0 and at most {most:g}.</source>
        <translation>Вес должен быть больше 0 и не больше {most:g}.</translation>
    </message>
    <message>
        <source>A {kind} does not end in a linear layer; take another.</source>
        <translation>{kind} не заканчивается линейным слоем; выберите другую сеть.</translation>
    </message>
    <message>
        <source>About ImgSearch</source>
        <translation>О программе ImgSearch</translation>
    </message>
    <message>
        <source>About this photo</source>
        <translation>Об этой фотографии</translation>
    </message>
    <message>
        <source>Above others</source>
        <translation>Выше других</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Действие</translation>
    </message>
    <message>
        <source>Add a model from a file</source>
        <translation>Добавить модель из файла</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Дополнительные настройки</translation>
    </message>
    <message>
        <source>Agreement between raters</source>
        <translation>Согласие экспертов</translation>
    </message>
    <message>
        <source>Agreement by query</source>
        <translation>Согласие по запросам</translation>
    </message>
    <message>
        <source>Agreement needs two people who rated the same pictures for the same queries.</source>
        <translation>Для согласия нужны двое, оценившие одни и те же фото по одним и тем же запросам.</translation>
    </message>
    <message>
        <source>Agreement of each rater</source>
        <translation>Согласие каждого эксперта</translation>
    </message>
    <message>
        <source>Agreement of every two raters</source>
        <translation>Согласие каждых двух экспертов</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Всё готово</translation>
    </message>
    <message>
        <source>All {n:,} judged pairs have the same target: they teach nothing.</source>
        <translation>У всех оценённых пар ({n:,}) одно и то же целевое значение: учиться не на чем.</translation>
    </message>
    <message>
        <source>All {pairs:,} judged pairs have the same target, so there is nothing to learn from them.</source>
        <translation>У всех оценённых пар ({pairs:,}) одно и то же целевое значение: учиться не на чем.</translation>
    </message>
    <message>
        <source>An encoder&apos;s languages are * or some of {languages}; {unknown!r} is not.</source>
        <translation>Языки кодировщика — * или некоторые из {languages}; {unknown!r} к ним не относится.</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Разница</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>арабский</translation>
    </message>
    <message>
        <source>Arabic letters</source>
        <translation>арабских букв</translation>
    </message>
    <message>
        <source>Armenian letters</source>
        <translation>армянских букв</translation>
    </message>
    <message>
        <source>As in the folder</source>
        <translation>Как в папке</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>Случайно</translation>
    </message>
    <message>
        <source>Back to the &amp;built-in</source>
        <translation>Вернуть &amp;встроенные</translation>
    </message>
    <message>
        <source>Back to the photos</source>
        <translation>Назад к фотографиям</translation>
    </message>
    <message>
        <source>Back to the photos (Esc or Space)</source>
        <translation>Назад к фотографиям (Esc или пробел)</translation>
    </message>
    <message>
        <source>Back to the program’s data folder</source>
        <translation>Вернуться к папке данных программы</translation>
    </message>
    <message>
        <source>Back to the search</source>
        <translation>Вернуться к поиску</translation>
    </message>
    <message>
        <source>Backspace, at the beginning</source>
        <translation>Backspace в начале поля</translation>
    </message>
    <message>
        <source>Baselines</source>
        <translation>Базовые модели</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Создать заново</translation>
    </message>
    <message>
        <source>Below each figure stands its 95 % interval.</source>
        <translation>Под каждым показателем — его 95-процентный интервал.</translation>
    </message>
    <message>
        <source>Bengali letters</source>
        <translation>бенгальских букв</translation>
    </message>
    <message>
        <source>Best photos by the new matcher</source>
        <translation>Лучшие фото по новой модели</translation>
    </message>
    <message>
        <source>Best photos by the old matcher</source>
        <translation>Лучшие фото по прежней модели</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>Вслепую</translation>
    </message>
    <message>
        <source>Block searches with marked words</source>
        <translation>Не показывать запросы с отмеченными словами</translation>
    </message>
    <message>
        <source>Both, by the weights below; the experts&apos; mean alone where the crowd said nothing.</source>
        <translation>И те и другие, с весами ниже; только среднее экспертов там, где мнения толпы нет.</translation>
    </message>
    <message>
        <source>Brings the ratings of an exported folder here. Those that are here already are not added again.</source>
        <translation>Добавляет оценки из экспортированной папки. Те, что уже есть, повторно не добавляются.</translation>
    </message>
    <message>
        <source>Browse for the captions folder</source>
        <translation>Выбрать папку с подписями</translation>
    </message>
    <message>
        <source>Browse for the dataset folder</source>
        <translation>Выбрать папку набора данных</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Bundled model</source>
        <translation>Встроенная модель</translation>
    </message>
    <message>
        <source>Burmese letters</source>
        <translation>бирманских букв</translation>
    </message>
    <message>
        <source>By rank</source>
        <translation>По рангу</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Выбрать…</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Cancelled; nothing was saved.</source>
        <translation>Отменено; ничего не сохранено.</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Непригодна</translation>
    </message>
    <message>
        <source>Caption vectors</source>
        <translation>Векторы подписей</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Подписи</translation>
    </message>
    <message>
        <source>Captions folder</source>
        <translation>Папка с подписями</translation>
    </message>
    <message>
        <source>Captions with a word of the rule, and images with such a caption, are not trained on.</source>
        <translation>Подписи со словами из правила и изображения с такими подписями в обучении не участвуют.</translation>
    </message>
    <message>
        <source>Change between the two scales</source>
        <translation>Переключить шкалу</translation>
    </message>
    <message>
        <source>Change the name (F2)</source>
        <translation>Изменить имя (F2)</translation>
    </message>
    <message>
        <source>Change the scale (S)</source>
        <translation>Сменить шкалу (S)</translation>
    </message>
    <message>
        <source>Check the words, keep them and search by them (Ctrl+S)</source>
        <translation>Проверить слова, сохранить и применить к поиску (Ctrl+S)</translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation>Проверка фото</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>китайский</translation>
    </message>
    <message>
        <source>Chinese letters</source>
        <translation>китайских иероглифов</translation>
    </message>
    <message>
        <source>Choose a dataset folder to rate its pairs</source>
        <translation>Выбор папки набора данных для оценки пар</translation>
    </message>
    <message>
        <source>Choose a dataset folder to step through its test queries</source>
        <translation>Выбор папки набора данных для просмотра проверочных запросов</translation>
    </message>
    <message>
        <source>Choose a dataset folder, or your own ratings, to see what there is to learn from.</source>
        <translation>Выберите папку набора данных или свои оценки, чтобы увидеть, на чём учиться.</translation>
    </message>
    <message>
        <source>Choose a folder, or drop one here. Your photos stay where they are.</source>
        <translation>Выберите папку или перетащите её сюда. Фото останутся на своих местах.</translation>
    </message>
    <message>
        <source>Choose a model to see what is known of it.</source>
        <translation>Выберите модель, чтобы узнать о ней больше.</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Выбрать другую папку</translation>
    </message>
    <message>
        <source>Choose another order to go on rating.</source>
        <translation>Чтобы продолжить, выберите другой порядок.</translation>
    </message>
    <message>
        <source>Choose the captions folder</source>
        <translation>Выбор папки с подписями</translation>
    </message>
    <message>
        <source>Choose the dataset folder</source>
        <translation>Выбор папки набора данных</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Выбрать папку</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Click an example to try it. All forms can be used together.</source>
        <translation>Щёлкните пример, чтобы попробовать. Все виды можно сочетать.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close this list (Esc)</source>
        <translation>Закрыть список (Esc)</translation>
    </message>
    <message>
        <source>Close this window (Esc)</source>
        <translation>Закрыть окно (Esc)</translation>
    </message>
    <message>
        <source>Close this window; training goes on</source>
        <translation>Закрыть окно; обучение продолжится</translation>
    </message>
    <message>
        <source>Close without saving the words?</source>
        <translation>Закрыть, не сохранив слова?</translation>
    </message>
    <message>
        <source>Closer, farther</source>
        <translation>Ближе, дальше</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Комментарий</translation>
    </message>
    <message>
        <source>Comment (C)</source>
        <translation>Комментарий (C)</translation>
    </message>
    <message>
        <source>Comment on this picture</source>
        <translation>Комментарий к изображению</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Сравнение</translation>
    </message>
    <message>
        <source>Comparing the ratings…</source>
        <translation>Сравнение оценок…</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Сравнение</translation>
    </message>
    <message>
        <source>Confusion table</source>
        <translation>Таблица расхождений</translation>
    </message>
    <message>
        <source>Content r&amp;ule</source>
        <translation>&amp;Правило содержания</translation>
    </message>
    <message>
        <source>Content rule</source>
        <translation>Правило содержания</translation>
    </message>
    <message>
        <source>Copied “{name}”: paste it as a picture or as a file.</source>
        <translation>«{name}» скопировано: можно вставить как изображение или как файл.</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>Копировать п&amp;уть</translation>
    </message>
    <message>
        <source>Copy &amp;paths</source>
        <translation>Копировать п&amp;ути</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Копировать всё</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Копировать подробности</translation>
    </message>
    <message>
        <source>Copy every reason and row as text (Ctrl+C in the list)</source>
        <translation>Скопировать все причины и строки как текст (Ctrl+C в списке)</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Копировать таблицу</translation>
    </message>
    <message>
        <source>Copy the matches to a new folder</source>
        <translation>Копирование найденного в новую папку</translation>
    </message>
    <message>
        <source>Copy the table as text (Ctrl+C in the table)</source>
        <translation>Скопировать таблицу как текст (Ctrl+C в таблице)</translation>
    </message>
    <message>
        <source>Copy the versions</source>
        <translation>Скопировать сведения о версиях</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>Скопировать весь текст</translation>
    </message>
    <message>
        <source>Copy these lines, to paste them somewhere else</source>
        <translation>Скопировать эти строки в буфер обмена</translation>
    </message>
    <message>
        <source>Copy this model to a file</source>
        <translation>Скопировать модель в файл</translation>
    </message>
    <message>
        <source>Copying pictures</source>
        <translation>Копирование фото</translation>
    </message>
    <message>
        <source>Copying the picture…</source>
        <translation>Изображение копируется…</translation>
    </message>
    <message>
        <source>Cores for reading photos</source>
        <translation>Ядра для чтения фото</translation>
    </message>
    <message>
        <source>Could not be &amp;read ({count})</source>
        <translation>&amp;Не прочитаны ({count})</translation>
    </message>
    <message>
        <source>Crash report</source>
        <translation>Отчёт о сбое</translation>
    </message>
    <message>
        <source>Crowd</source>
        <comment>a weight</comment>
        <translation>Толпа</translation>
    </message>
    <message>
        <source>Crowd</source>
        <translation>Толпа</translation>
    </message>
    <message>
        <source>Crowd labels</source>
        <translation>Оценки толпы</translation>
    </message>
    <message>
        <source>Ctrl and the wheel</source>
        <translation>Ctrl и колесо мыши</translation>
    </message>
    <message>
        <source>Curves of the error</source>
        <translation>Кривые ошибки</translation>
    </message>
    <message>
        <source>Cyrillic letters</source>
        <translation>букв кириллицы</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Dataset folder</source>
        <translation>Папка набора данных</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Delete this model (Del)</source>
        <translation>Удалить модель (Del)</translation>
    </message>
    <message>
        <source>Delete what the library keeps of these photos</source>
        <translation>Удалить из библиотеки данные об этих фото</translation>
    </message>
    <message>
        <source>Delete “{name}” for good? Export it first if you may want it back.</source>
        <translation>Удалить «{name}» навсегда? Если модель ещё может понадобиться, сначала экспортируйте её.</translation>
    </message>
    <message>
        <source>Delete “{name}” for good? Searches then use the model before it. Export it first if you may want it back.</source>
        <translation>Удалить «{name}» навсегда? Для поиска тогда будет использоваться предыдущая модель. Если эта ещё может понадобиться, сначала экспортируйте её.</translation>
    </message>
    <message>
        <source>Describe a photo, for example: a dog runs on the beach</source>
        <translation>Опишите фото, например: собака бежит по пляжу</translation>
    </message>
    <message>
        <source>Describe what is seen, in plain words.</source>
        <translation>Опишите обычными словами, что видно на снимке.</translation>
    </message>
    <message>
        <source>Description of the photo</source>
        <translation>Описание фото</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Devanagari letters</source>
        <translation>букв деванагари</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Скрыть</translation>
    </message>
    <message>
        <source>Do not show again what you have rated before on this scale (P)</source>
        <translation>Не показывать то, что вы уже оценили по этой шкале (P)</translation>
    </message>
    <message>
        <source>Documents (*.pdf);;Pictures (*.png)</source>
        <translation>Документы (*.pdf);;Изображения (*.png)</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>нидерландский</translation>
    </message>
    <message>
        <source>Each stage ends when images that are kept aside gain nothing more, or after the steps you give.</source>
        <translation>Каждый этап длится, пока улучшается результат на проверочных изображениях, или заданное число шагов.</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Изменить…</translation>
    </message>
    <message>
        <source>EfficientNet-Lite2 for pictures; MiniLM and the multilingual USE for sentences</source>
        <translation>EfficientNet-Lite2 для изображений; MiniLM и многоязычный USE для текста</translation>
    </message>
    <message>
        <source>Encoders</source>
        <translation>Кодировщики</translation>
    </message>
    <message>
        <source>English</source>
        <translation>английский</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter shows the rest, ← looks back, Esc returns to the search.</source>
        <translation>Enter — остальные, ← — назад, Esc — к поиску.</translation>
    </message>
    <message>
        <source>Error (RMSE) so far</source>
        <translation>Ошибка (RMSE)</translation>
    </message>
    <message>
        <source>Esc goes back.</source>
        <translation>Esc — назад.</translation>
    </message>
    <message>
        <source>Esc, Space, Enter</source>
        <translation>Esc, пробел, Enter</translation>
    </message>
    <message>
        <source>Ethiopic letters</source>
        <translation>эфиопских букв</translation>
    </message>
    <message>
        <source>Every file could be read.</source>
        <translation>Все файлы прочитаны.</translation>
    </message>
    <message>
        <source>Every pixel of the file (1)</source>
        <translation>Каждый пиксель файла (1)</translation>
    </message>
    <message>
        <source>Everyone gave the same value throughout, which cannot be told from agreement by chance.</source>
        <translation>Все везде поставили одну и ту же оценку; это не отличить от случайного согласия.</translation>
    </message>
    <message>
        <source>Expert labels</source>
        <translation>Оценки экспертов</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Эксперты</translation>
    </message>
    <message>
        <source>Experts and crowd</source>
        <translation>Эксперты и толпа</translation>
    </message>
    <message>
        <source>Experts&apos; majority</source>
        <translation>Большинство экспертов</translation>
    </message>
    <message>
        <source>Experts&apos; mean</source>
        <translation>Среднее экспертов</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>Экспорт модели</translation>
    </message>
    <message>
        <source>Export ratings</source>
        <translation>Экспорт оценок</translation>
    </message>
    <message numerus="yes">
        <source>Exported %Ln rating(s) to {folder}, with labels of {pairs} and {pictures}.</source>
        <translation>
            <numerusform>В папку {folder} экспортирована %Ln оценка с метками для {pairs} и {pictures}.</numerusform>
            <numerusform>В папку {folder} экспортированы %Ln оценки с метками для {pairs} и {pictures}.</numerusform>
            <numerusform>В папку {folder} экспортировано %Ln оценок с метками для {pairs} и {pictures}.</numerusform>
        </translation>
    </message>
    <message>
        <source>F2 renames, Delete removes</source>
        <translation>F2 — переименовать, Delete — удалить</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer to other programs. Holds from the next reading on.</source>
        <translation>Чем меньше, тем больше остаётся другим программам. Действует со следующего чтения.</translation>
    </message>
    <message>
        <source>Figures of the models</source>
        <translation>Показатели моделей</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Files that are left out</source>
        <translation>Файлы вне поиска</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Непрочитанные файлы</translation>
    </message>
    <message>
        <source>Filter of the shortcuts</source>
        <translation>Фильтр сочетаний клавиш</translation>
    </message>
    <message>
        <source>Find a photo by a sentence</source>
        <translation>Найдите фото по описанию</translation>
    </message>
    <message>
        <source>First and last photo</source>
        <translation>Первое и последнее фото</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Вписать</translation>
    </message>
    <message>
        <source>Fit to the window (0)</source>
        <translation>Вписать в окно (0)</translation>
    </message>
    <message>
        <source>Fit to the window; every pixel of the file</source>
        <translation>Вписать в окно; каждый пиксель файла</translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>Свернуть</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Folders (*)</source>
        <translation>Папки (*)</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln missing photo(s)?</source>
        <translation>
            <numerusform>Забыть %Ln пропавшую фотографию?</numerusform>
            <numerusform>Забыть %Ln пропавшие фотографии?</numerusform>
            <numerusform>Забыть %Ln пропавших фотографий?</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget missing photos</source>
        <translation>Забыть пропавшие фото</translation>
    </message>
    <message>
        <source>Forget the new matcher; nothing is changed</source>
        <translation>Отказаться от новой модели; ничего не изменится</translation>
    </message>
    <message>
        <source>Forget these…</source>
        <translation>Забыть их…</translation>
    </message>
    <message numerus="yes">
        <source>Forgetting… %Ln photo(s) so far</source>
        <translation>
            <numerusform>Удаление данных… Пока %Ln фотография</numerusform>
            <numerusform>Удаление данных… Пока %Ln фотографии</numerusform>
            <numerusform>Удаление данных… Пока %Ln фотографий</numerusform>
        </translation>
    </message>
    <message>
        <source>French</source>
        <translation>французский</translation>
    </message>
    <message>
        <source>Fully</source>
        <translation>Полностью</translation>
    </message>
    <message>
        <source>Gathering what to rate…</source>
        <translation>Подбор фото для оценки…</translation>
    </message>
    <message>
        <source>Georgian letters</source>
        <translation>грузинских букв</translation>
    </message>
    <message>
        <source>German</source>
        <translation>немецкий</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Подготовка…</translation>
    </message>
    <message>
        <source>Give the matcher a name, so that you find it again.</source>
        <translation>Дайте модели имя, чтобы потом её найти.</translation>
    </message>
    <message>
        <source>Give this model another name (F2)</source>
        <translation>Переименовать модель (F2)</translation>
    </message>
    <message>
        <source>Go back to the model that was used before</source>
        <translation>Вернуться к модели, которая использовалась раньше</translation>
    </message>
    <message>
        <source>Go from photo to photo</source>
        <translation>Переход между фото</translation>
    </message>
    <message>
        <source>Go on in &amp;background</source>
        <translation>Продолжить в &amp;фоне</translation>
    </message>
    <message>
        <source>Go on in background</source>
        <translation>Продолжить в фоне</translation>
    </message>
    <message>
        <source>Go on reading (F6)</source>
        <translation>Продолжить чтение (F6)</translation>
    </message>
    <message>
        <source>Go on without rating</source>
        <translation>Дальше без оценки</translation>
    </message>
    <message>
        <source>Go on without rating (Space)</source>
        <translation>Дальше без оценки (пробел)</translation>
    </message>
    <message>
        <source>Go to the photos</source>
        <translation>Перейти к фото</translation>
    </message>
    <message>
        <source>Greek letters</source>
        <translation>греческих букв</translation>
    </message>
    <message>
        <source>Gujarati letters</source>
        <translation>букв гуджарати</translation>
    </message>
    <message>
        <source>Gurmukhi letters</source>
        <translation>букв гурмукхи</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Проекции</translation>
    </message>
    <message>
        <source>Hebrew letters</source>
        <translation>еврейских букв</translation>
    </message>
    <message>
        <source>Hide score, rank and other raters’ marks</source>
        <translation>Скрыть балл, ранг и оценки других экспертов</translation>
    </message>
    <message>
        <source>Hide score, rank and other raters’ marks (B). Choose the order at random, or it tells the rank.</source>
        <translation>Скрыть балл, ранг и оценки других экспертов (B). Выберите случайный порядок, иначе он выдаст ранг.</translation>
    </message>
    <message>
        <source>Hide this notice; Model, Train… does the same later</source>
        <translation>Скрыть подсказку; позже то же делает «Модель» → «Обучить…»</translation>
    </message>
    <message>
        <source>Hide this notice; the report stays where it is</source>
        <translation>Скрыть уведомление; отчёт останется на месте</translation>
    </message>
    <message>
        <source>Histogram of targets</source>
        <translation>Гистограмма целевых значений</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home, End</translation>
    </message>
    <message>
        <source>How far scores are from people&apos;s judgements; smaller is better</source>
        <translation>Насколько баллы отличаются от оценок людей; чем меньше, тем лучше</translation>
    </message>
    <message>
        <source>How far scores are from what they mean, over all bins; smaller is better</source>
        <translation>Насколько баллы отличаются от того, что они значат, по всем интервалам; чем меньше, тем лучше</translation>
    </message>
    <message>
        <source>How far two ratings are from one another, on average, in points</source>
        <translation>На сколько пунктов в среднем расходятся две оценки</translation>
    </message>
    <message>
        <source>How many of them more than one person has rated</source>
        <translation>Сколько из них оценил кто-то ещё</translation>
    </message>
    <message>
        <source>How many pairs got which value: rows are those of {first}, columns those of {second}.</source>
        <translation>Сколько пар какое значение получили: строки — {first}, столбцы — {second}.</translation>
    </message>
    <message>
        <source>How many pairs of query and picture this rater has rated</source>
        <translation>Сколько пар запроса и изображения оценил этот эксперт</translation>
    </message>
    <message>
        <source>How many photos a search shows, best first.</source>
        <translation>Сколько фото показывает поиск, начиная с лучших.</translation>
    </message>
    <message>
        <source>How much each side counts where both judged a pair.</source>
        <translation>Вес каждой стороны там, где пару оценили обе.</translation>
    </message>
    <message>
        <source>How much higher this rater&apos;s values are, on average, than the mean of the others&apos;</source>
        <translation>На сколько оценки эксперта в среднем выше средних оценок остальных</translation>
    </message>
    <message>
        <source>How often two ratings of a picture are equal</source>
        <translation>Как часто две оценки изображения совпадают</translation>
    </message>
    <message>
        <source>How to train</source>
        <translation>Как обучать</translation>
    </message>
    <message>
        <source>Image vectors</source>
        <translation>Векторы изображений</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Изображения</translation>
    </message>
    <message>
        <source>Images, captions and judgements, to search and to train on.</source>
        <translation>Изображения, подписи и оценки: искать и обучать.</translation>
    </message>
    <message>
        <source>ImgSearch finds your photographs by a sentence.
It works offline: no photo and no word leaves this computer.</source>
        <translation>ImgSearch находит фотографии по описанию.
Программа работает без сети: ни фото, ни слова не покидают компьютер.</translation>
    </message>
    <message>
        <source>ImgSearch stopped unexpectedly the last time. A report is in {file}; it has been sent to nobody, and you may give it to whoever gave you the program.</source>
        <translation>В прошлый раз ImgSearch аварийно завершилась. Отчёт — в файле {file}; он никому не отправлен, его можно передать тому, от кого вы получили программу.</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Импорт модели</translation>
    </message>
    <message>
        <source>Import ratings</source>
        <translation>Импорт оценок</translation>
    </message>
    <message numerus="yes">
        <source>Imported %Ln rating(s).</source>
        <translation>
            <numerusform>Импортирована %Ln оценка.</numerusform>
            <numerusform>Импортированы %Ln оценки.</numerusform>
            <numerusform>Импортировано %Ln оценок.</numerusform>
        </translation>
    </message>
    <message>
        <source>In common</source>
        <translation>Общих</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Используется</translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>Интервалы</translation>
    </message>
    <message>
        <source>Intervals: 95 %, from {resamples:,} bootstrap resamples of the images, each with all its pairs or queries.</source>
        <translation>Интервалы: 95 %, бутстрэп по изображениям со всеми их парами и запросами, повторных выборок: {resamples:,}.</translation>
    </message>
    <message>
        <source>It almost describes the picture, with small mistakes.</source>
        <translation>Описание почти верное, с небольшими ошибками.</translation>
    </message>
    <message>
        <source>It can go on in the background while you search, or be stopped; then nothing is changed.</source>
        <translation>Его можно продолжить в фоне и тем временем искать или остановить; тогда ничего не изменится.</translation>
    </message>
    <message>
        <source>It cannot be said which matcher is better: {figures}.</source>
        <translation>Нельзя сказать, какая модель лучше: {figures}.</translation>
    </message>
    <message>
        <source>It cannot be said which matcher is better: {figures}. The matcher in use was trained on those images, so that its error is no fair measure.</source>
        <translation>Нельзя сказать, какая модель лучше: {figures}. Текущая модель обучалась на этих изображениях, поэтому её ошибка занижена.</translation>
    </message>
    <message>
        <source>It cannot be said which matcher is better: {images} images are too few, of {least} that are needed; {figures}.</source>
        <translation>Нельзя сказать, какая модель лучше: изображений слишком мало ({images}, нужно {least}); {figures}.</translation>
    </message>
    <message>
        <source>It describes the picture without any mistake.</source>
        <translation>Описание полностью верное.</translation>
    </message>
    <message>
        <source>It is no longer there; another ImgSearch may have deleted it.</source>
        <translation>Её больше нет; возможно, её удалила другая копия ImgSearch.</translation>
    </message>
    <message>
        <source>It is not a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture.</source>
        <translation>Это не изображение JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC или AVIF.</translation>
    </message>
    <message>
        <source>It is not a regular file.</source>
        <translation>Это не обычный файл.</translation>
    </message>
    <message>
        <source>It is not saved yet.</source>
        <translation>Она ещё не сохранена.</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>итальянский</translation>
    </message>
    <message>
        <source>Its file name has “{words}”.</source>
        <translation>В имени файла есть «{words}».</translation>
    </message>
    <message>
        <source>Its file states no figures.</source>
        <translation>В файле модели нет показателей.</translation>
    </message>
    <message>
        <source>Its ratings cannot be copied to {file}, which is done first: {reason}.</source>
        <translation>Не удаётся сначала скопировать её оценки в {file}: {reason}.</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>японский</translation>
    </message>
    <message>
        <source>Japanese letters</source>
        <translation>японских знаков</translation>
    </message>
    <message>
        <source>Judged images that are not trained on, so that old and new can be compared on them.</source>
        <translation>Отложенные изображения с оценками не участвуют в обучении: на них сравниваются прежняя и новая модели.</translation>
    </message>
    <message>
        <source>Judged pairs</source>
        <translation>Оценённые пары</translation>
    </message>
    <message>
        <source>Kannada letters</source>
        <translation>букв каннада</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Каппа</translation>
    </message>
    <message>
        <source>Kappa is 1 when raters always agree and 0 when they agree no more than chance would; to differ by two points counts four times as much as by one.</source>
        <translation>Каппа равна 1 при полном согласии и 0, если согласие не больше случайного; расхождение на два пункта весит вчетверо больше, чем на один.</translation>
    </message>
    <message>
        <source>Keep the new matcher?</source>
        <translation>Сохранить новую модель?</translation>
    </message>
    <message>
        <source>Keeps its heads, and its score too where the judgements are too few to do better.</source>
        <translation>Сохраняет её проекции, а если оценок слишком мало, то и расчёт балла.</translation>
    </message>
    <message>
        <source>Kendall&apos;s τb: how well scores order pairs as the experts do; greater is better</source>
        <translation>τb Кендалла: насколько порядок пар по баллам совпадает с порядком экспертов; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>Kendall&apos;s τc: how well scores order pairs as the experts do; greater is better</source>
        <translation>τc Кендалла: насколько порядок пар по баллам совпадает с порядком экспертов; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>Kept on</source>
        <translation>Сохранена</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Клавиша {key}</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Khmer letters</source>
        <translation>кхмерских букв</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>корейский</translation>
    </message>
    <message>
        <source>Korean letters</source>
        <translation>корейских букв</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Lao letters</source>
        <translation>лаосских букв</translation>
    </message>
    <message>
        <source>Last: {key}, {word}. Backspace takes it back.</source>
        <translation>Последняя: {key}, {word}. Отменить — Backspace.</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>букв латиницы</translation>
    </message>
    <message>
        <source>Learns everything anew: needs many images with captions, and takes longer.</source>
        <translation>Учится всему заново: нужно много изображений с подписями и больше времени.</translation>
    </message>
    <message>
        <source>Leave out what the content rule hits</source>
        <translation>Исключить то, что не допускает правило содержания</translation>
    </message>
    <message>
        <source>Leave the rating mode (Esc)</source>
        <translation>Выйти из режима оценки (Esc)</translation>
    </message>
    <message>
        <source>Leave the test queries (Esc)</source>
        <translation>Закрыть проверочные запросы (Esc)</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Объектив</translation>
    </message>
    <message>
        <source>Library folder</source>
        <translation>Папка библиотеки</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Лицензии</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Light or dark; takes effect at once.</source>
        <translation>Светлая или тёмная; меняется сразу.</translation>
    </message>
    <message>
        <source>Likeness {score}</source>
        <translation>Сходство {score}</translation>
    </message>
    <message>
        <source>Linking pictures</source>
        <translation>Создание ссылок на фото</translation>
    </message>
    <message>
        <source>List these files</source>
        <translation>Показать список этих файлов</translation>
    </message>
    <message>
        <source>Loading the search engine…</source>
        <translation>Загрузка поиска…</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Look at the one before</source>
        <translation>К предыдущему</translation>
    </message>
    <message>
        <source>Look at the one before (←)</source>
        <translation>К предыдущему (←)</translation>
    </message>
    <message>
        <source>Looking at the data…</source>
        <translation>Чтение данных…</translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos… %Ln file(s) seen</source>
        <translation>
            <numerusform>Поиск фотографий… Просмотрен %Ln файл</numerusform>
            <numerusform>Поиск фотографий… Просмотрено %Ln файла</numerusform>
            <numerusform>Поиск фотографий… Просмотрено %Ln файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for pictures</source>
        <translation>Поиск фото</translation>
    </message>
    <message>
        <source>Looking them up…</source>
        <translation>Составление списка…</translation>
    </message>
    <message>
        <source>Malayalam letters</source>
        <translation>букв малаялам</translation>
    </message>
    <message>
        <source>Matcher</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Matcher in use</source>
        <translation>Текущая модель</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Совпадения</translation>
    </message>
    <message>
        <source>Measured on {pairs} of {images} and {queries} on {pool}.</source>
        <translation>Проверка: {pairs} ({images}); {queries} ({pool}).</translation>
    </message>
    <message>
        <source>Measured on {pairs} of {images}.</source>
        <translation>Проверка: {pairs} ({images}).</translation>
    </message>
    <message>
        <source>Measured on {queries} on {pool}.</source>
        <translation>Проверка: {queries} ({pool}).</translation>
    </message>
    <message>
        <source>Missing photos</source>
        <translation>Пропавшие фото</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Карточка модели</translation>
    </message>
    <message>
        <source>Model: a file of its own for this session</source>
        <translation>Модель: отдельный файл на время этого сеанса</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>Модель: {name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>Модели (*.safetensors)</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Модели…</translation>
    </message>
    <message>
        <source>Mongolian letters</source>
        <translation>монгольских букв</translation>
    </message>
    <message>
        <source>More images with captions help the matcher to bring words and pictures together.</source>
        <translation>Дополнительные изображения с подписями помогают модели связать слова и картинки.</translation>
    </message>
    <message>
        <source>Most results</source>
        <translation>Наибольшее число результатов</translation>
    </message>
    <message>
        <source>Move the picture, when close</source>
        <translation>Двигать увеличенный снимок</translation>
    </message>
    <message>
        <source>My &amp;ratings</source>
        <translation>Мои &amp;оценки</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>По &amp;имени</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Name of the new matcher</source>
        <translation>Имя новой модели</translation>
    </message>
    <message>
        <source>Name of the rater</source>
        <translation>Имя эксперта</translation>
    </message>
    <message>
        <source>Name of the search; one that has this name already is replaced:</source>
        <translation>Имя запроса; прежний с таким именем будет заменён:</translation>
    </message>
    <message>
        <source>Nearly</source>
        <translation>Почти</translation>
    </message>
    <message>
        <source>New matcher</source>
        <translation>Новая модель</translation>
    </message>
    <message>
        <source>Next query</source>
        <translation>Следующий запрос</translation>
    </message>
    <message>
        <source>Next →</source>
        <translation>Дальше →</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>No pair of an image and a caption is left to use.</source>
        <translation>Не осталось ни одной пары изображения и подписи.</translation>
    </message>
    <message>
        <source>No pair that can be used has {label}; choose another target, or other data.</source>
        <translation>Ни у одной пригодной пары нет {label}; выберите другую цель или другие данные.</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>Нет фото</translation>
    </message>
    <message>
        <source>No photo is missing.</source>
        <translation>Все фото на месте.</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>No photo meets these filters</source>
        <translation>Ни одно фото не подходит под фильтры</translation>
    </message>
    <message>
        <source>No photo of this folder has been read yet; open the folder first.</source>
        <translation>Фото этой папки ещё не прочитаны; сначала откройте папку.</translation>
    </message>
    <message>
        <source>No photos in this folder</source>
        <translation>В этой папке нет фото</translation>
    </message>
    <message>
        <source>No photos read yet</source>
        <translation>Фото ещё не прочитаны</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Нет изображения</translation>
    </message>
    <message>
        <source>No picture was copied.</source>
        <translation>В буфере обмена нет изображения.</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Нет миниатюры</translation>
    </message>
    <message>
        <source>No raters disagree here</source>
        <translation>Разногласий нет</translation>
    </message>
    <message>
        <source>No row is left out.</source>
        <translation>Все строки используются.</translation>
    </message>
    <message>
        <source>No score was given by more experts than any other</source>
        <translation>Ни одна оценка не набрала большинства экспертов</translation>
    </message>
    <message>
        <source>No targets</source>
        <translation>Нет целевых значений</translation>
    </message>
    <message>
        <source>No two raters have rated the same picture for the same query.</source>
        <translation>Нет изображений, которые для одного запроса оценили хотя бы двое.</translation>
    </message>
    <message>
        <source>Nobody judged any pair: a caption counts as fitting its own image fully, and another image not at all.</source>
        <translation>Пары никто не оценивал: считается, что подпись полностью подходит к своему изображению и совсем не подходит к чужому.</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>Совсем нет</translation>
    </message>
    <message>
        <source>Not at all, a little, nearly, fully</source>
        <translation>Совсем нет, немного, почти, полностью</translation>
    </message>
    <message>
        <source>Nothing</source>
        <comment>to start from</comment>
        <translation>С нуля</translation>
    </message>
    <message>
        <source>Nothing follows the sign, weight or quotation mark.</source>
        <translation>После знака, веса или кавычки ничего нет.</translation>
    </message>
    <message>
        <source>Nothing follows “{name}:”.</source>
        <translation>После «{name}:» ничего нет.</translation>
    </message>
    <message>
        <source>Nothing here matches “{query}” well.</source>
        <translation>По запросу «{query}» нет хороших совпадений.</translation>
    </message>
    <message>
        <source>Nothing to rate</source>
        <translation>Оценивать нечего</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Показать нечего</translation>
    </message>
    <message>
        <source>Number of steps</source>
        <translation>Число шагов</translation>
    </message>
    <message>
        <source>Of ImgSearch and what it brings along</source>
        <translation>Лицензии ImgSearch и её компонентов</translation>
    </message>
    <message>
        <source>Of the {count:,} images that were kept from training, the {fresh:,} are measured on that the matcher in use was not trained on either.</source>
        <translation>Из отложенных изображений ({count:,}) для проверки взяты те, на которых не обучалась и текущая модель ({fresh:,}).</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выключено</translation>
    </message>
    <message>
        <source>Only hits with a high score; also &gt;=, &lt; and &lt;=</source>
        <translation>Только с высоким баллом; также &gt;=, &lt; и &lt;=</translation>
    </message>
    <message>
        <source>Only one image is described: heads learn by telling images apart.</source>
        <translation>Подпись есть только у одного изображения, а проекции учатся различать изображения.</translation>
    </message>
    <message>
        <source>Only photos below folders with these letters; also -folder:</source>
        <translation>Только из папок с этими буквами в имени; также -папка:</translation>
    </message>
    <message>
        <source>Only photos taken between these days.</source>
        <translation>Только снятые между этими днями.</translation>
    </message>
    <message>
        <source>Only photos that were rated; also rated:no, or rated:3 for 3 and better.</source>
        <translation>Только оценённые; также оценка:нет или оценка:3 — с оценкой 3 и выше.</translation>
    </message>
    <message>
        <source>Only photos with these letters in the file name; also -name:</source>
        <translation>Только с этими буквами в имени файла; также -имя:</translation>
    </message>
    <message>
        <source>Only {count} images are described, and none is judged: a tenth of them, set apart for the score, gives {pairs} pairs, and training needs {least}.</source>
        <translation>Изображений с подписями: {count}, оценок нет. Десятая часть, отложенная для расчёта балла, даёт пар: {pairs}, а для обучения нужно {least}.</translation>
    </message>
    <message>
        <source>Only {count} images have a caption of their own and no judgement; from nothing, training needs {least} of them.</source>
        <translation>Изображений со своей подписью и без оценок: {count}; чтобы учиться с нуля, нужно {least}.</translation>
    </message>
    <message>
        <source>Only {described:,} images have a caption of their own and no judgement; from nothing, training needs {least} of them. Start from the matcher in use, or add a captions folder.</source>
        <translation>Изображений со своей подписью и без оценок: {described:,}; чтобы учиться с нуля, нужно {least}. Начните с текущей модели или добавьте папку с подписями.</translation>
    </message>
    <message>
        <source>Only {n} images are described, and none is judged: too few to train on.</source>
        <translation>Изображений с подписями: {n}, оценок нет; этого мало для обучения.</translation>
    </message>
    <message>
        <source>Only {n} pairs have a judgement; training needs {least}.</source>
        <translation>Оценённых пар: {n}; для обучения нужно {least}.</translation>
    </message>
    <message>
        <source>Only {pairs:,} pairs have a judgement; training needs {least} beside those that are kept for the comparison.</source>
        <translation>Оценённых пар: {pairs:,}; кроме отложенных для сравнения, для обучения нужно {least}.</translation>
    </message>
    <message>
        <source>Open &amp;demo gallery</source>
        <translation>Открыть &amp;демонстрационную галерею</translation>
    </message>
    <message>
        <source>Open a dataset folder</source>
        <translation>Открыть папку набора данных</translation>
    </message>
    <message>
        <source>Open a folder first</source>
        <translation>Сначала откройте папку</translation>
    </message>
    <message>
        <source>Open a folder in the main window to try queries on its photos.</source>
        <translation>Откройте папку в главном окне, чтобы пробовать запросы на её фотографиях.</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Открыть папку с фотографиями</translation>
    </message>
    <message>
        <source>Open d&amp;ataset folder…</source>
        <translation>Открыть папку на&amp;бора данных…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Открыть папку…</translation>
    </message>
    <message>
        <source>Open my photos</source>
        <translation>Открыть мои фото</translation>
    </message>
    <message>
        <source>Open the training window on this folder; nothing is trained yet</source>
        <translation>Открыть окно обучения для этой папки; обучение ещё не начнётся</translation>
    </message>
    <message>
        <source>Open {folder}</source>
        <translation>Открыть {folder}</translation>
    </message>
    <message>
        <source>Opening the folder…</source>
        <translation>Открывается папка…</translation>
    </message>
    <message>
        <source>Opening the test queries…</source>
        <translation>Открываются проверочные запросы…</translation>
    </message>
    <message>
        <source>Optional: a folder with more captions</source>
        <translation>Необязательно: папка с дополнительными подписями</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Порядок</translation>
    </message>
    <message>
        <source>Order of photos</source>
        <translation>Порядок фотографий</translation>
    </message>
    <message>
        <source>Order of photos: {order}</source>
        <translation>Порядок фотографий: {order}</translation>
    </message>
    <message>
        <source>Page up, Page down</source>
        <translation>Page Up, Page Down</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Пары</translation>
    </message>
    <message>
        <source>Pairs by target. {bars}.</source>
        <translation>Пары по целевому значению. {bars}.</translation>
    </message>
    <message>
        <source>Pairs of like scores, and what people say of them. The closer a line is to the dotted diagonal, the more a score means what it says; larger marks stand for more pairs.</source>
        <translation>Пары с близкими баллами и то, как их оценили люди. Чем ближе линия к пунктирной диагонали, тем точнее балл; чем крупнее метка, тем больше пар.</translation>
    </message>
    <message>
        <source>Partial</source>
        <comment>match</comment>
        <translation>Частичное</translation>
    </message>
    <message>
        <source>Partial match, score {score}</source>
        <translation>Частичное совпадение, балл {score}</translation>
    </message>
    <message>
        <source>Pass over rated</source>
        <translation>Без оценённых</translation>
    </message>
    <message>
        <source>Pass over what you have rated</source>
        <translation>Пропускать уже оценённое</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Pause reading (F6)</source>
        <translation>Приостановить чтение (F6)</translation>
    </message>
    <message>
        <source>Pause reading photos</source>
        <translation>Приостановить чтение фото</translation>
    </message>
    <message numerus="yes">
        <source>Paused · %Ln file(s) seen</source>
        <translation>
            <numerusform>Пауза · просмотрен %Ln файл</numerusform>
            <numerusform>Пауза · просмотрено %Ln файла</numerusform>
            <numerusform>Пауза · просмотрено %Ln файлов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused · {done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>Пауза · прочитано {done} из %Ln фотографии</numerusform>
            <numerusform>Пауза · прочитано {done} из %Ln фотографий</numerusform>
            <numerusform>Пауза · прочитано {done} из %Ln фотографий</numerusform>
        </translation>
    </message>
    <message>
        <source>Photo, large</source>
        <translation>Фотография крупно</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>Photos like {name}</source>
        <translation>Похожие на {name}</translation>
    </message>
    <message>
        <source>Photos like {name}; words can be added</source>
        <translation>Похожие на {name}; можно добавить слова</translation>
    </message>
    <message>
        <source>Photos read</source>
        <translation>Прочитано фото</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Picture {number} of {total}, for “{query}”</source>
        <translation>Изображение {number} из {total}, запрос «{query}»</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Изображения</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>польский</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>португальский</translation>
    </message>
    <message>
        <source>Press Esc and describe what you look for; then F4 puts its matches before you, one by one.</source>
        <translation>Нажмите Esc и опишите, что ищете; затем F4 покажет совпадения по одному.</translation>
    </message>
    <message>
        <source>Press Esc, open a folder of photos, and describe what you look for.</source>
        <translation>Нажмите Esc, откройте папку с фото и опишите, что ищете.</translation>
    </message>
    <message>
        <source>Press F6 to go on; no photos have been read so far.</source>
        <translation>Чтобы продолжить, нажмите F6; ни одно фото пока не прочитано.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход выполнения</translation>
    </message>
    <message>
        <source>Progress of this stage</source>
        <translation>Ход этапа</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>Query before</source>
        <translation>Предыдущий запрос</translation>
    </message>
    <message>
        <source>Query field</source>
        <translation>Поле запроса</translation>
    </message>
    <message>
        <source>Query forms</source>
        <translation>Виды запросов</translation>
    </message>
    <message>
        <source>Query forms (Shift+F1)</source>
        <translation>Виды запросов (Shift+F1)</translation>
    </message>
    <message>
        <source>Query {number} of {count}</source>
        <translation>Запрос {number} из {count}</translation>
    </message>
    <message>
        <source>RMSE in folds</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>RMSE on {images:,} images</source>
        <translation>RMSE (изображений: {images:,})</translation>
    </message>
    <message>
        <source>Rank {rank} of {count}</source>
        <translation>Ранг {rank} из {count}</translation>
    </message>
    <message>
        <source>Rate &amp;pairs of a dataset folder…</source>
        <translation>Оценить &amp;пары набора данных…</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>Оценено</translation>
    </message>
    <message>
        <source>Rated so far</source>
        <translation>Уже оценено</translation>
    </message>
    <message>
        <source>Rater</source>
        <translation>Эксперт</translation>
    </message>
    <message numerus="yes">
        <source>Raters agree {how}: kappa {kappa}, with 95 % certainty between {low} and {high}, from %Ln pair(s) that two or more have rated.</source>
        <translation>
            <numerusform>Согласие экспертов {how}: каппа {kappa}, с вероятностью 95 % от {low} до {high}, по %Ln паре с двумя и более оценками.</numerusform>
            <numerusform>Согласие экспертов {how}: каппа {kappa}, с вероятностью 95 % от {low} до {high}, по %Ln парам с двумя и более оценками.</numerusform>
            <numerusform>Согласие экспертов {how}: каппа {kappa}, с вероятностью 95 % от {low} до {high}, по %Ln парам с двумя и более оценками.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Пере&amp;именовать</translation>
    </message>
    <message>
        <source>Read captions…</source>
        <translation>Прочитать подписи…</translation>
    </message>
    <message>
        <source>Read the report</source>
        <translation>Прочитать отчёт</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Чтение данных</translation>
    </message>
    <message>
        <source>Reading is paused</source>
        <translation>Чтение приостановлено</translation>
    </message>
    <message>
        <source>Reading it was given up after {seconds:.0f} seconds.</source>
        <translation>Чтение прекращено: прошло {seconds:.0f} с.</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Чтение папки…</translation>
    </message>
    <message>
        <source>Reading the ratings…</source>
        <translation>Чтение оценок…</translation>
    </message>
    <message numerus="yes">
        <source>Reading was stopped after {done} of %Ln photo(s). Press F5 to go on.</source>
        <translation>
            <numerusform>Чтение остановлено: прочитано {done} из %Ln фотографии. Чтобы продолжить, нажмите F5.</numerusform>
            <numerusform>Чтение остановлено: прочитано {done} из %Ln фотографий. Чтобы продолжить, нажмите F5.</numerusform>
            <numerusform>Чтение остановлено: прочитано {done} из %Ln фотографий. Чтобы продолжить, нажмите F5.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading was stopped. Press F5 to go on.</source>
        <translation>Чтение остановлено. Чтобы продолжить, нажмите F5.</translation>
    </message>
    <message>
        <source>Reading was stopped. Press F5 to read this folder.</source>
        <translation>Чтение остановлено. Чтобы прочитать папку, нажмите F5.</translation>
    </message>
    <message>
        <source>Reading your photos…</source>
        <translation>Чтение фотографий…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Полнота</translation>
    </message>
    <message>
        <source>Recent &amp;folders</source>
        <translation>Недавние &amp;папки</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Недавние папки</translation>
    </message>
    <message>
        <source>Reliability plot</source>
        <translation>График надёжности</translation>
    </message>
    <message>
        <source>Remember my searches</source>
        <translation>Запоминать мои запросы</translation>
    </message>
    <message>
        <source>Remove the search; no photo is touched (Delete)</source>
        <translation>Удалить запрос; фото не изменятся (Delete)</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Результат</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Resume reading photos</source>
        <translation>Продолжить чтение фото</translation>
    </message>
    <message>
        <source>Roll &amp;back</source>
        <translation>&amp;Вернуть прежнюю</translation>
    </message>
    <message>
        <source>Roll &amp;back to the model before</source>
        <translation>&amp;Вернуть прежнюю модель</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Строки</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>Исключённые строки</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>русский</translation>
    </message>
    <message>
        <source>S&amp;maller thumbnails</source>
        <translation>&amp;Мельче</translation>
    </message>
    <message>
        <source>Sa&amp;ved searches</source>
        <translation>Со&amp;хранённые запросы</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>Совпали</translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln selected photo(s) as &amp;table…</source>
        <translation>
            <numerusform>Сохранить %Ln выделенную фотографию &amp;таблицей…</numerusform>
            <numerusform>Сохранить %Ln выделенные фотографии &amp;таблицей…</numerusform>
            <numerusform>Сохранить %Ln выделенных фотографий &amp;таблицей…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln selected photo(s) as contact &amp;sheet…</source>
        <translation>
            <numerusform>Сохранить %Ln выделенную фотографию контактным &amp;листом…</numerusform>
            <numerusform>Сохранить %Ln выделенные фотографии контактным &amp;листом…</numerusform>
            <numerusform>Сохранить %Ln выделенных фотографий контактным &amp;листом…</numerusform>
        </translation>
    </message>
    <message>
        <source>Save a contact sheet</source>
        <translation>Сохранение контактного листа</translation>
    </message>
    <message>
        <source>Save as &amp;table…</source>
        <translation>Сохранить как &amp;таблицу…</translation>
    </message>
    <message>
        <source>Save as contact &amp;sheet…</source>
        <translation>Сохранить как контактный &amp;лист…</translation>
    </message>
    <message>
        <source>Save the matches as a table</source>
        <translation>Сохранение найденного в таблицу</translation>
    </message>
    <message>
        <source>Save the new matcher among your models</source>
        <translation>Сохранить новую модель среди своих</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Сохранение запроса</translation>
    </message>
    <message>
        <source>Saved as {place}.</source>
        <translation>Сохранено: {place}.</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Сохранённые запросы</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохранение…</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Подпись</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Шкала</translation>
    </message>
    <message>
        <source>Scale {name}</source>
        <translation>Шкала {name}</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Балл</translation>
    </message>
    <message>
        <source>Score {score}</source>
        <translation>Балл {score}</translation>
    </message>
    <message>
        <source>Score, rank and other raters’ marks are hidden.</source>
        <translation>Балл, ранг и оценки других экспертов скрыты.</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Баллы</translation>
    </message>
    <message>
        <source>Scroll to it (G)</source>
        <translation>Прокрутить к нему (G)</translation>
    </message>
    <message>
        <source>Se&amp;ed</source>
        <translation>Начальное &amp;число</translation>
    </message>
    <message>
        <source>Search at once</source>
        <translation>Искать сразу</translation>
    </message>
    <message>
        <source>Search by a &amp;picture…</source>
        <translation>Искать по &amp;изображению…</translation>
    </message>
    <message>
        <source>Search by a copied picture</source>
        <translation>Искать по скопированному изображению</translation>
    </message>
    <message>
        <source>Search by a picture</source>
        <translation>Искать по изображению</translation>
    </message>
    <message>
        <source>Search by the cop&amp;ied picture</source>
        <translation>Искать по с&amp;копированному изображению</translation>
    </message>
    <message>
        <source>Search by the words that come with ImgSearch; yours are kept in a file beside them</source>
        <translation>Искать по словам из комплекта ImgSearch; ваши останутся в файле рядом</translation>
    </message>
    <message>
        <source>Search by this model (Enter)</source>
        <translation>Искать с этой моделью (Enter)</translation>
    </message>
    <message>
        <source>Search for something first, then save it.</source>
        <translation>Сначала найдите что-нибудь, а затем сохраните запрос.</translation>
    </message>
    <message>
        <source>Search is not available</source>
        <translation>Поиск недоступен</translation>
    </message>
    <message>
        <source>Search with the new matcher as soon as it is kept</source>
        <translation>Искать с новой моделью сразу после сохранения</translation>
    </message>
    <message>
        <source>Search without the part “{part}”</source>
        <translation>Искать без части «{part}»</translation>
    </message>
    <message>
        <source>Search without the picture</source>
        <translation>Искать без изображения</translation>
    </message>
    <message>
        <source>Search without the picture {name}</source>
        <translation>Искать без изображения {name}</translation>
    </message>
    <message>
        <source>Search without this picture (Backspace)</source>
        <translation>Искать без этого изображения (Backspace)</translation>
    </message>
    <message>
        <source>Searches use one of these models. A model says how well a photo matches a sentence.</source>
        <translation>Поиск использует одну из этих моделей. Модель определяет, насколько фото подходит к запросу.</translation>
    </message>
    <message>
        <source>Searches use “{name}” again.</source>
        <translation>Для поиска снова используется «{name}».</translation>
    </message>
    <message>
        <source>Searches use “{name}” now.</source>
        <translation>Для поиска теперь используется «{name}».</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Searching with both matchers…</source>
        <translation>Поиск по обеим моделям…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Поиск…</translation>
    </message>
    <message numerus="yes">
        <source>Searching… {done} of %Ln photo(s) are ready for this model</source>
        <translation>
            <numerusform>Поиск… для этой модели готово {done} из %Ln фото</numerusform>
            <numerusform>Поиск… для этой модели готово {done} из %Ln фото</numerusform>
            <numerusform>Поиск… для этой модели готово {done} из %Ln фото</numerusform>
        </translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Выделить &amp;всё</translation>
    </message>
    <message>
        <source>Select more or fewer</source>
        <translation>Выделить больше или меньше</translation>
    </message>
    <message>
        <source>Set the library file aside and begin a new one with its ratings</source>
        <translation>Отложить файл библиотеки и создать новый с его оценками</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Shift with these keys</source>
        <translation>Shift с этими клавишами</translation>
    </message>
    <message>
        <source>Shot with</source>
        <translation>Съёмка</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Show &amp;large</source>
        <translation>Показать к&amp;рупно</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Показать в па&amp;пке</translation>
    </message>
    <message>
        <source>Show it among the hits</source>
        <translation>Показать среди найденного</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>Показать или скрыть сведения</translation>
    </message>
    <message>
        <source>Show or hide the details (I)</source>
        <translation>Показать или скрыть сведения (I)</translation>
    </message>
    <message>
        <source>Show the rest ({count})</source>
        <translation>Показать остальные ({count})</translation>
    </message>
    <message>
        <source>Show the right image</source>
        <translation>Показать верное изображение</translation>
    </message>
    <message>
        <source>Show the training window</source>
        <translation>Показать окно обучения</translation>
    </message>
    <message>
        <source>Sinhala letters</source>
        <translation>сингальских букв</translation>
    </message>
    <message>
        <source>Size of thumbnails</source>
        <translation>Размер миниатюр</translation>
    </message>
    <message>
        <source>Size of thumbnails (Ctrl++, Ctrl+-, Ctrl and the wheel)</source>
        <translation>Размер миниатюр (Ctrl++, Ctrl+-, Ctrl и колесо мыши)</translation>
    </message>
    <message>
        <source>Skip →</source>
        <translation>Дальше →</translation>
    </message>
    <message>
        <source>Small things fit, but it does not describe the picture.</source>
        <translation>Совпадают мелочи, но описание не подходит.</translation>
    </message>
    <message>
        <source>So large they look soft; the photo itself is sharp when it is opened.</source>
        <translation>Так крупно миниатюры выглядят мягкими; сама фотография при открытии резкая.</translation>
    </message>
    <message>
        <source>Something went wrong in ImgSearch. The details can be copied, and are in the log file.</source>
        <translation>В ImgSearch произошла ошибка. Подробности можно скопировать, они есть и в файле журнала.</translation>
    </message>
    <message>
        <source>Space, →</source>
        <translation>Пробел, →</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>испанский</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Этапы</translation>
    </message>
    <message>
        <source>Stands further up for its file name: {words}</source>
        <translation>Выше из-за имени файла: {words}</translation>
    </message>
    <message>
        <source>Step through &amp;test queries…</source>
        <translation>Просмотр проверочных &amp;запросов…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop forgetting; the rest stays</source>
        <translation>Остановить удаление; остальное останется</translation>
    </message>
    <message>
        <source>Stop reading photos</source>
        <translation>Остановить чтение фото</translation>
    </message>
    <message>
        <source>Stop reading; what was read stays</source>
        <translation>Остановить чтение; прочитанное сохранится</translation>
    </message>
    <message>
        <source>Stop training; nothing is changed</source>
        <translation>Остановить обучение; ничего не изменится</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Остановка…</translation>
    </message>
    <message>
        <source>Strong</source>
        <comment>match</comment>
        <translation>Точное</translation>
    </message>
    <message>
        <source>Strong match, score {score}</source>
        <translation>Точное совпадение, балл {score}</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Система</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Таблицы</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Таблицы (*.csv)</translation>
    </message>
    <message>
        <source>Take one of them out with its × below the query, or change it.</source>
        <translation>Уберите один из них крестиком под строкой поиска или измените его.</translation>
    </message>
    <message>
        <source>Take the last rating back</source>
        <translation>Отменить последнюю оценку</translation>
    </message>
    <message>
        <source>Take the last rating back (Backspace)</source>
        <translation>Отменить последнюю оценку (Backspace)</translation>
    </message>
    <message>
        <source>Take this out of the query</source>
        <translation>Убрать это из запроса</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Снято</translation>
    </message>
    <message>
        <source>Takes no room; a picture that is changed in place changes in both folders</source>
        <translation>Не занимает места, но правка изображения на месте изменит его в обеих папках</translation>
    </message>
    <message>
        <source>Tamil letters</source>
        <translation>тамильских букв</translation>
    </message>
    <message>
        <source>Telugu letters</source>
        <translation>букв телугу</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>Проверочные изображения</translation>
    </message>
    <message>
        <source>Test queries</source>
        <translation>Проверочные запросы</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>тайский</translation>
    </message>
    <message>
        <source>Thai letters</source>
        <translation>тайских букв</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Не получилось</translation>
    </message>
    <message>
        <source>That was the last one</source>
        <translation>Это было последнее</translation>
    </message>
    <message>
        <source>The bundled model cannot be deleted.</source>
        <translation>Встроенную модель нельзя удалить.</translation>
    </message>
    <message>
        <source>The bundled model cannot be renamed.</source>
        <translation>Встроенную модель нельзя переименовать.</translation>
    </message>
    <message>
        <source>The caption has another text on an earlier line, which stands</source>
        <translation>Раньше у этой подписи был другой текст; остаётся он</translation>
    </message>
    <message>
        <source>The caption has no text in {file}</source>
        <translation>Текста подписи нет в {file}</translation>
    </message>
    <message>
        <source>The column &apos;{name}&apos; is missing.</source>
        <translation>Нет столбца «{name}».</translation>
    </message>
    <message>
        <source>The column &apos;{name}&apos; is there more than once.</source>
        <translation>Столбец «{name}» встречается несколько раз.</translation>
    </message>
    <message>
        <source>The columns are separated by {name} where {expected} are expected.</source>
        <translation>Разделитель столбцов — {name}, а ожидается {expected}.</translation>
    </message>
    <message>
        <source>The content rule cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать правило содержания: {reason}.</translation>
    </message>
    <message>
        <source>The content rule does not allow searches with the word “{word}”, so no pictures are shown for it.</source>
        <translation>Правило содержания не разрешает поиск со словом «{word}», поэтому фото не показаны.</translation>
    </message>
    <message>
        <source>The content rule does not allow this query.</source>
        <translation>Правило содержания не допускает этот запрос.</translation>
    </message>
    <message>
        <source>The content rule hit the caption or the image&apos;s own captions</source>
        <translation>Подпись или собственные подписи изображения не допускает правило содержания</translation>
    </message>
    <message>
        <source>The content rule hit the word “{word}”, so no pictures are shown.</source>
        <translation>Правило содержания не допускает слово «{word}», поэтому фото не показаны.</translation>
    </message>
    <message>
        <source>The content rule holds no word; to switch it off, use its setting.</source>
        <translation>В правиле содержания нет ни одного слова; чтобы отключить его, есть настройка.</translation>
    </message>
    <message>
        <source>The content rule is larger than {most:,} bytes.</source>
        <translation>Файл правила содержания больше {most:,} байт.</translation>
    </message>
    <message>
        <source>The content rule is not UTF-8 text; save it as UTF-8.</source>
        <translation>Правило содержания — не текст UTF-8; сохраните его в UTF-8.</translation>
    </message>
    <message>
        <source>The content rule is not valid TOML: a number is too long.</source>
        <translation>Правило содержания — неверный TOML: слишком длинное число.</translation>
    </message>
    <message>
        <source>The content rule is not valid TOML: it is nested too deep.</source>
        <translation>Правило содержания — не правильный TOML: слишком глубокая вложенность.</translation>
    </message>
    <message>
        <source>The content rule is not valid TOML: {reason}.</source>
        <translation>Правило содержания — не правильный TOML: {reason}.</translation>
    </message>
    <message>
        <source>The content rule leaves out {hit:,} of the test queries.</source>
        <translation>Проверочных запросов исключено по правилу содержания: {hit:,}.</translation>
    </message>
    <message>
        <source>The content rule marks the word “{word}”. Please use these pictures with care.</source>
        <translation>Слово «{word}» отмечено правилом содержания. Используйте эти фото с осторожностью.</translation>
    </message>
    <message>
        <source>The content rule removes nothing.</source>
        <translation>Правило содержания ничего не исключает.</translation>
    </message>
    <message>
        <source>The content rule removes {pairs} and {images}.</source>
        <translation>По правилу содержания исключено: {pairs}, {images}.</translation>
    </message>
    <message>
        <source>The content rule withholds every photo of this folder.</source>
        <translation>Правило содержания скрывает все фото этой папки.</translation>
    </message>
    <message>
        <source>The content rule withholds every photo of this folder. It can be changed in the Search menu.</source>
        <translation>Правило содержания скрывает все фото этой папки. Изменить его можно в меню «Поиск».</translation>
    </message>
    <message>
        <source>The content rule withholds this picture.</source>
        <translation>Правило содержания скрывает это фото.</translation>
    </message>
    <message>
        <source>The content_hash is not 64 digits from 0 to f.</source>
        <translation>content_hash — не 64 цифры от 0 до f.</translation>
    </message>
    <message>
        <source>The count of votes is not a whole number</source>
        <translation>Число голосов — не целое</translation>
    </message>
    <message>
        <source>The curves appear as soon as something is measured.</source>
        <translation>Кривые появятся после первого измерения.</translation>
    </message>
    <message>
        <source>The data folder {folder} cannot be made: {reason}. IMGSEARCH_HOME may name another.</source>
        <translation>Не удаётся создать папку данных {folder}: {reason}. Другую можно указать в IMGSEARCH_HOME.</translation>
    </message>
    <message>
        <source>The demo gallery cannot be prepared in {folder}: {reason}.</source>
        <translation>Не удаётся подготовить демонстрационную галерею в {folder}: {reason}.</translation>
    </message>
    <message>
        <source>The demo gallery needs the Python package {package}, which is not installed: install ImgSearch again with pip.</source>
        <translation>Для демонстрационной галереи нужен пакет Python {package}, а он не установлен: переустановите ImgSearch через pip.</translation>
    </message>
    <message>
        <source>The encoder could not describe it.</source>
        <translation>Кодировщик не смог его описать.</translation>
    </message>
    <message>
        <source>The encoder {path} cannot be loaded: {error}.</source>
        <translation>Не удаётся загрузить кодировщик {path}: {error}.</translation>
    </message>
    <message>
        <source>The encoder {path} gives numbers that are not finite; its weights are damaged.</source>
        <translation>Кодировщик {path} выдаёт бесконечности или не числа; его веса повреждены.</translation>
    </message>
    <message>
        <source>The export was stopped; nothing was written.</source>
        <translation>Экспорт остановлен; ничего не записано.</translation>
    </message>
    <message>
        <source>The exported folder can be moved and sent</source>
        <translation>Экспортированную папку можно переносить и отправлять</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать файл: {reason}.</translation>
    </message>
    <message>
        <source>The file grew while it was read.</source>
        <translation>Файл вырос, пока его читали.</translation>
    </message>
    <message>
        <source>The file has changed since it was listed; what you see is how it was.</source>
        <translation>Файл изменился после чтения папки; показано, каким он был.</translation>
    </message>
    <message>
        <source>The file has more than {most:,} rows.</source>
        <translation>В файле больше {most:,} строк.</translation>
    </message>
    <message>
        <source>The file holds no query.</source>
        <translation>В файле нет ни одного запроса.</translation>
    </message>
    <message>
        <source>The file holds no rating.</source>
        <translation>В файле нет ни одной оценки.</translation>
    </message>
    <message>
        <source>The file holds no row.</source>
        <translation>В файле нет ни одной строки.</translation>
    </message>
    <message>
        <source>The file is a link out of its folder; put a copy in its place.</source>
        <translation>Файл — ссылка за пределы папки; замените её копией.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Файл пуст.</translation>
    </message>
    <message>
        <source>The file is larger than {most} MB.</source>
        <translation>Файл больше {most} МБ.</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>Файла больше нет.</translation>
    </message>
    <message>
        <source>The file is not UTF-8 text (byte {byte:#04x}); save it as UTF-8.</source>
        <translation>Файл — не текст UTF-8 (байт {byte:#04x}); сохраните его в UTF-8.</translation>
    </message>
    <message>
        <source>The file is not there.</source>
        <translation>Файла нет на месте.</translation>
    </message>
    <message>
        <source>The file is {mark}; save it as UTF-8.</source>
        <translation>Файл — {mark}; сохраните его в UTF-8.</translation>
    </message>
    <message>
        <source>The file makes the decoder crash.</source>
        <translation>Файл вызывает сбой декодера.</translation>
    </message>
    <message>
        <source>The file was not read, since there is no {file}</source>
        <translation>Файл не прочитан, потому что нет {file}</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln path(s) were copied; a table can hold all.</source>
        <translation>
            <numerusform>Скопирован первый %Ln путь; все поместятся в таблицу.</numerusform>
            <numerusform>Скопированы первые %Ln пути; все поместятся в таблицу.</numerusform>
            <numerusform>Скопированы первые %Ln путей; все поместятся в таблицу.</numerusform>
        </translation>
    </message>
    <message>
        <source>The first ones appear here soon, and can be searched at once.</source>
        <translation>Первые скоро появятся здесь, и по ним сразу можно искать.</translation>
    </message>
    <message numerus="yes">
        <source>The first {count} of %Ln photo(s) are put before you.</source>
        <translation>
            <numerusform>Показываются первые {count} из %Ln фотографии.</numerusform>
            <numerusform>Показываются первые {count} из %Ln фотографий.</numerusform>
            <numerusform>Показываются первые {count} из %Ln фотографий.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder cannot be listed: {reason}.</source>
        <translation>Не удаётся просмотреть папку: {reason}.</translation>
    </message>
    <message>
        <source>The folder has no {file}, and so no pairs to rate.</source>
        <translation>В папке нет {file}, поэтому нет и пар для оценки.</translation>
    </message>
    <message>
        <source>The folder has no {file}, and so no test queries.</source>
        <translation>В папке нет {file}, поэтому нет и проверочных запросов.</translation>
    </message>
    <message>
        <source>The folder holds neither {file} nor {other}; choose a dataset folder.</source>
        <translation>В папке нет ни {file}, ни {other}; выберите папку набора данных.</translation>
    </message>
    <message>
        <source>The folder holds neither {file} nor {other}; choose one that was exported.</source>
        <translation>В папке нет ни {file}, ни {other}; выберите папку, созданную экспортом.</translation>
    </message>
    <message>
        <source>The folder holds no experts&apos; scores, and votes of a crowd are nobody&apos;s.</source>
        <translation>В папке нет оценок экспертов, а голоса толпы никому не принадлежат.</translation>
    </message>
    <message>
        <source>The folder of models {folder} cannot be made: {reason}.</source>
        <translation>Не удаётся создать папку моделей {folder}: {reason}.</translation>
    </message>
    <message>
        <source>The folder {folder} holds a {kind}, not a CLIP-style model of pictures and text.</source>
        <translation>В папке {folder} — {kind}, а не модель изображений и текста вида CLIP.</translation>
    </message>
    <message>
        <source>The folder {folder} is a sentence-transformers model: it reads only text.</source>
        <translation>В папке {folder} — модель sentence-transformers: она читает только текст.</translation>
    </message>
    <message>
        <source>The folder {folder} is not a model: it has neither a config.json nor a modules.json that fits.</source>
        <translation>В папке {folder} нет модели: нет ни подходящего config.json, ни modules.json.</translation>
    </message>
    <message>
        <source>The folder {parent} cannot be created: {reason}.</source>
        <translation>Не удаётся создать папку {parent}: {reason}.</translation>
    </message>
    <message>
        <source>The folder {parent} does not exist.</source>
        <translation>Папки {parent} нет.</translation>
    </message>
    <message>
        <source>The folder {root} cannot be opened: {reason}.</source>
        <translation>Не удаётся открыть папку {root}: {reason}.</translation>
    </message>
    <message>
        <source>The folder {root} is no longer there: if it is on a drive, connect that and read the folder again. What was read of it is kept.</source>
        <translation>Папки {root} больше нет: если она на съёмном диске, подключите его и прочитайте папку заново. Уже прочитанное сохранено.</translation>
    </message>
    <message>
        <source>The image could not be read</source>
        <translation>Не удалось прочитать изображение</translation>
    </message>
    <message>
        <source>The image does not open</source>
        <translation>Изображение не открывается</translation>
    </message>
    <message>
        <source>The image encoder was given pixels of shape {shape}.</source>
        <translation>Кодировщик изображений получил пиксели размера {shape}.</translation>
    </message>
    <message>
        <source>The image is a link out of the dataset folder</source>
        <translation>Изображение — ссылка за пределы папки набора данных</translation>
    </message>
    <message>
        <source>The image is missing</source>
        <translation>Изображения нет</translation>
    </message>
    <message>
        <source>The image is not a plain name of a file in {folder}</source>
        <translation>Изображение — не простое имя файла из {folder}</translation>
    </message>
    <message>
        <source>The image is not listed in {file}</source>
        <translation>Изображения нет в списке {file}</translation>
    </message>
    <message>
        <source>The image name is empty</source>
        <translation>Имя изображения пустое</translation>
    </message>
    <message>
        <source>The import was stopped; no rating was added.</source>
        <translation>Импорт остановлен; ни одна оценка не добавлена.</translation>
    </message>
    <message>
        <source>The judged pairs are of {images:,} images only; training needs at least {least}.</source>
        <translation>У оценённых пар изображений: {images:,}; для обучения нужно не меньше {least}.</translation>
    </message>
    <message>
        <source>The language of the window. You can search in fifteen languages, whatever it is.</source>
        <translation>Язык окна. Искать можно на пятнадцати языках, какой бы ни был выбран.</translation>
    </message>
    <message>
        <source>The last 30 are offered while you type. Switching this off forgets them.</source>
        <translation>При вводе предлагаются последние 30. Если выключить, они забудутся.</translation>
    </message>
    <message>
        <source>The library holds vectors of {dim} numbers of the encoder {encoder}, which now makes {length}: name another library file.</source>
        <translation>В библиотеке — векторы кодировщика {encoder} по {dim} чисел, а теперь он даёт {length}: укажите другой файл библиотеки.</translation>
    </message>
    <message>
        <source>The library in {folder} is open in another window, so the one before stays in use.</source>
        <translation>Библиотека в папке {folder} открыта в другом окне, поэтому остаётся прежняя.</translation>
    </message>
    <message numerus="yes">
        <source>The library was begun anew, with %Ln rating(s); the old one is {file}.</source>
        <translation>
            <numerusform>Библиотека создана заново, в ней %Ln оценка; прежняя сохранена как {file}.</numerusform>
            <numerusform>Библиотека создана заново, в ней %Ln оценки; прежняя сохранена как {file}.</numerusform>
            <numerusform>Библиотека создана заново, в ней %Ln оценок; прежняя сохранена как {file}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The library {path} can only be read, so its photos can be searched and no others added: check its permissions or name another file.</source>
        <translation>Библиотеку {path} можно только читать: искать в ней можно, а добавлять фото — нет. Проверьте права доступа или укажите другой файл.</translation>
    </message>
    <message>
        <source>The library {path} is closed.</source>
        <translation>Библиотека {path} закрыта.</translation>
    </message>
    <message>
        <source>The library {path} is in use by another program: close that and try again.</source>
        <translation>Библиотека {path} занята другой программой: закройте её и попробуйте снова.</translation>
    </message>
    <message>
        <source>The library {path} is left as it is: {reason}</source>
        <translation>Библиотека {path} оставлена как есть: {reason}</translation>
    </message>
    <message>
        <source>The library {path} is not an ImgSearch library: name another file.</source>
        <translation>{path} — не библиотека ImgSearch: укажите другой файл.</translation>
    </message>
    <message>
        <source>The library {path} was made by a newer ImgSearch: install that, name another file, or have this one set aside and begun anew, with the ratings in it.</source>
        <translation>Библиотека {path} создана более новой ImgSearch: установите её, укажите другой файл или отложите этот и начните новый с теми же оценками.</translation>
    </message>
    <message>
        <source>The library {path} was made by an older ImgSearch and has to be changed for this one, but it cannot be written: check its permissions or name another file.</source>
        <translation>Библиотека {path} создана более старой ImgSearch, и её нужно обновить, но записать её не удаётся: проверьте права доступа или укажите другой файл.</translation>
    </message>
    <message>
        <source>The library {path} was moved or deleted while it was in use: start ImgSearch again.</source>
        <translation>Библиотеку {path} переместили или удалили во время работы: запустите ImgSearch заново.</translation>
    </message>
    <message>
        <source>The library {path} {advice}</source>
        <translation>Библиотека {path} {advice}</translation>
    </message>
    <message>
        <source>The library’s folder {folder} is not there. If it is on a drive, connect that and start again; or choose another folder in the settings.</source>
        <translation>Папки библиотеки {folder} нет. Если она на съёмном диске, подключите его и запустите программу снова; или выберите в настройках другую папку.</translation>
    </message>
    <message>
        <source>The line at the top of the window says why.</source>
        <translation>Причина указана в строке вверху окна.</translation>
    </message>
    <message>
        <source>The matcher cannot be written to {file}: {reason}.</source>
        <translation>Не удаётся записать модель в {file}: {reason}.</translation>
    </message>
    <message>
        <source>The matcher in use</source>
        <translation>Текущая модель</translation>
    </message>
    <message>
        <source>The matcher in use was trained on {by_old:,} of the {count:,} images that the errors are measured on, so its figures flatter it. {fresh:,} of them are new to it; a fair comparison needs {least}.</source>
        <translation>На части проверочных изображений ({by_old:,} из {count:,}) текущая модель обучалась, поэтому её показатели завышены. Новых для неё — {fresh:,}; для честного сравнения нужно {least}.</translation>
    </message>
    <message>
        <source>The matcher in use was trained on {seen:,} of the {count:,} test images: its recall flatters it.</source>
        <translation>На части проверочных изображений ({seen:,} из {count:,}) текущая модель обучалась: её полнота завышена.</translation>
    </message>
    <message numerus="yes">
        <source>The matcher saw %Ln of these images in training: the figures flatter it.</source>
        <translation>
            <numerusform>Модель видела %Ln из этих изображений при обучении: показатели завышены.</numerusform>
            <numerusform>Модель видела %Ln из этих изображений при обучении: показатели завышены.</numerusform>
            <numerusform>Модель видела %Ln из этих изображений при обучении: показатели завышены.</numerusform>
        </translation>
    </message>
    <message>
        <source>The matcher {file} cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать модель {file}: {reason}.</translation>
    </message>
    <message>
        <source>The mean of the experts&apos; scores of a pair. The usual choice.</source>
        <translation>Среднее экспертных оценок пары. Обычный выбор.</translation>
    </message>
    <message>
        <source>The model cannot be deleted: {file}: {reason}.</source>
        <translation>Не удаётся удалить модель: {file}: {reason}.</translation>
    </message>
    <message>
        <source>The model cannot be written to {file}: {reason}.</source>
        <translation>Не удаётся записать модель в {file}: {reason}.</translation>
    </message>
    <message>
        <source>The model card {file} cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать карточку модели {file}: {reason}.</translation>
    </message>
    <message>
        <source>The model in {folder} does not read square pictures of one size.</source>
        <translation>Модель в папке {folder} читает не квадратные изображения одного размера.</translation>
    </message>
    <message>
        <source>The model is called “{name}” now.</source>
        <translation>Модель теперь называется «{name}».</translation>
    </message>
    <message>
        <source>The model is used until you quit; it cannot be noted in {folder}: {reason}.</source>
        <translation>Модель будет использоваться до выхода; запомнить выбор в {folder} не удаётся: {reason}.</translation>
    </message>
    <message>
        <source>The model that searches use; the Model menu has others</source>
        <translation>Модель, с которой идёт поиск; другие — в меню «Модель»</translation>
    </message>
    <message>
        <source>The model that was in use cannot be used, so searches use the bundled one. {reason}</source>
        <translation>Прежняя модель непригодна, поэтому для поиска используется встроенная. {reason}</translation>
    </message>
    <message>
        <source>The model “{name}” cannot be used, so searches use the bundled one. {reason}</source>
        <translation>Модель «{name}» непригодна, поэтому для поиска используется встроенная. {reason}</translation>
    </message>
    <message>
        <source>The most steps of each stage</source>
        <translation>Наибольшее число шагов каждого этапа</translation>
    </message>
    <message>
        <source>The name under which the matcher is listed</source>
        <translation>Имя, под которым модель будет в списке</translation>
    </message>
    <message>
        <source>The new matcher errs no less than always saying the mean: {figures}.</source>
        <translation>Новая модель ошибается не меньше, чем если всегда отвечать средним: {figures}.</translation>
    </message>
    <message>
        <source>The new matcher is better than the one in use, though not in everything: {figures}.</source>
        <translation>Новая модель лучше текущей, хотя и не во всём: {figures}.</translation>
    </message>
    <message>
        <source>The new matcher is better than the one in use: {figures}.</source>
        <translation>Новая модель лучше текущей: {figures}.</translation>
    </message>
    <message>
        <source>The new matcher is kept as it was measured: the images that it was measured on are not trained on afterwards. The curves and the stopping went by other images, a fifth of those trained on.</source>
        <translation>Новая модель сохраняется такой, какой её проверили: на проверочных изображениях она потом не обучается. Кривые и остановка считались по другим изображениям — пятой части обучающих.</translation>
    </message>
    <message>
        <source>The new matcher is not kept yet. Quit all the same?</source>
        <translation>Новая модель ещё не сохранена. Всё равно выйти?</translation>
    </message>
    <message>
        <source>The new matcher is worse than the one in use, though not in everything: {figures}.</source>
        <translation>Новая модель хуже текущей, хотя и не во всём: {figures}.</translation>
    </message>
    <message>
        <source>The new matcher is worse than the one in use: {figures}.</source>
        <translation>Новая модель хуже текущей: {figures}.</translation>
    </message>
    <message>
        <source>The new matcher was discarded. Nothing was changed.</source>
        <translation>Новая модель не сохранена. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>The next photo (→ or Page Down)</source>
        <translation>Следующая фотография (→ или Page Down)</translation>
    </message>
    <message>
        <source>The next query (→ or Space)</source>
        <translation>Следующий запрос (→ или пробел)</translation>
    </message>
    <message>
        <source>The package names its licence and brings no text of it.</source>
        <translation>В пакете указана лицензия, но её текста нет.</translation>
    </message>
    <message>
        <source>The package {name} does not work beside torch {version} ({error}); install versions that belong together.</source>
        <translation>Пакет {name} не работает с torch {version} ({error}); установите совместимые версии.</translation>
    </message>
    <message>
        <source>The package {name} is not installed; type: pip install imgsearch-gui[encoders]</source>
        <translation>Пакет {name} не установлен; введите: pip install imgsearch-gui[encoders]</translation>
    </message>
    <message>
        <source>The package {name} is not part of the stand-alone program; encoders of your own need an ImgSearch that is installed from source, as the README says.</source>
        <translation>Пакета {name} нет в автономной программе; для своих кодировщиков нужна ImgSearch, установленная из исходного кода, как описано в README.</translation>
    </message>
    <message>
        <source>The package {package} is not installed; install ImgSearch again.</source>
        <translation>Пакет {package} не установлен; переустановите ImgSearch.</translation>
    </message>
    <message>
        <source>The pair has a crowd label only</source>
        <translation>У пары есть только оценка толпы</translation>
    </message>
    <message>
        <source>The pairs are of {count} images only; {folds} folds need as many.</source>
        <translation>У пар изображений: {count}; для разбиений ({folds}) нужно не меньше.</translation>
    </message>
    <message>
        <source>The path of the captions folder</source>
        <translation>Путь к папке с подписями</translation>
    </message>
    <message>
        <source>The path of the dataset folder</source>
        <translation>Путь к папке набора данных</translation>
    </message>
    <message>
        <source>The photo before (← or Page Up)</source>
        <translation>Предыдущая фотография (← или Page Up)</translation>
    </message>
    <message>
        <source>The photo before, the next one</source>
        <translation>Предыдущая фотография, следующая</translation>
    </message>
    <message>
        <source>The photo is no longer in this folder.</source>
        <translation>Этого фото в папке больше нет.</translation>
    </message>
    <message>
        <source>The photos cannot be read: a process that decodes them does not start.</source>
        <translation>Не удаётся читать фото: не запускается процесс, который их декодирует.</translation>
    </message>
    <message>
        <source>The picture has more than {most} million pixels.</source>
        <translation>В изображении больше {most} млн пикселей.</translation>
    </message>
    <message>
        <source>The picture is damaged or cut short ({error}).</source>
        <translation>Изображение повреждено или обрезано ({error}).</translation>
    </message>
    <message>
        <source>The picture of the window cannot be saved as {file}.</source>
        <translation>Не удалось сохранить снимок окна в {file}.</translation>
    </message>
    <message>
        <source>The plain models were fitted on {most:,} pairs drawn from the training&apos;s.</source>
        <translation>Простые модели обучены на случайной выборке обучающих пар: {most:,}.</translation>
    </message>
    <message>
        <source>The program&apos;s own folder of models is not for this: choose another folder.</source>
        <translation>Собственная папка моделей программы для этого не подходит: выберите другую.</translation>
    </message>
    <message>
        <source>The program’s data folder</source>
        <translation>Папка данных</translation>
    </message>
    <message>
        <source>The query before (←)</source>
        <translation>Предыдущий запрос (←)</translation>
    </message>
    <message>
        <source>The quotation mark is not closed.</source>
        <translation>Кавычка не закрыта.</translation>
    </message>
    <message>
        <source>The rated_at is not a time in UTC like 2026-01-31T23:59:59.000000Z.</source>
        <translation>rated_at — не время UTC вида 2026-01-31T23:59:59.000000Z.</translation>
    </message>
    <message>
        <source>The ratings cannot be written to {folder}: {reason}.</source>
        <translation>Не удаётся записать оценки в {folder}: {reason}.</translation>
    </message>
    <message>
        <source>The ratings from 1 to 4, or those of yes and no</source>
        <translation>Оценки от 1 до 4 или «да» и «нет»</translation>
    </message>
    <message>
        <source>The raw file holds no preview that can be read.</source>
        <translation>В RAW-файле нет читаемого изображения для просмотра.</translation>
    </message>
    <message>
        <source>The report cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать отчёт: {reason}.</translation>
    </message>
    <message>
        <source>The right image</source>
        <translation>Верное изображение</translation>
    </message>
    <message>
        <source>The row cannot be told from the next ({error}).</source>
        <translation>Строку не отделить от следующей ({error}).</translation>
    </message>
    <message>
        <source>The row contradicts an earlier one, which stands</source>
        <translation>Строка противоречит более ранней; остаётся ранняя</translation>
    </message>
    <message>
        <source>The row has the wrong number of columns</source>
        <translation>В строке неверное число столбцов</translation>
    </message>
    <message>
        <source>The row holds a NUL character</source>
        <translation>В строке есть нулевой символ</translation>
    </message>
    <message>
        <source>The row is too long, or a quotation mark is not closed.</source>
        <translation>Строка слишком длинная или не закрыта кавычка.</translation>
    </message>
    <message>
        <source>The row repeats an earlier one</source>
        <translation>Строка повторяет более раннюю</translation>
    </message>
    <message numerus="yes">
        <source>The same picture is in %Ln other file(s):</source>
        <translation>
            <numerusform>Тот же снимок есть ещё в %Ln файле:</numerusform>
            <numerusform>Тот же снимок есть ещё в %Ln файлах:</numerusform>
            <numerusform>Тот же снимок есть ещё в %Ln файлах:</numerusform>
        </translation>
    </message>
    <message>
        <source>The same seed splits and trains in the same way again.</source>
        <translation>С тем же числом разбиение и обучение повторятся точно так же.</translation>
    </message>
    <message>
        <source>The saved searches could not be understood, so the list begins anew. The file is kept as {file}.</source>
        <translation>Сохранённые запросы не удалось разобрать, поэтому список начат заново. Прежний файл — {file}.</translation>
    </message>
    <message>
        <source>The scale is not one of {scales}.</source>
        <translation>Шкала — не одна из {scales}.</translation>
    </message>
    <message>
        <source>The score is not one of 1, 2, 3, 4</source>
        <translation>Оценка — не 1, 2, 3 или 4</translation>
    </message>
    <message>
        <source>The score that most experts gave; pairs whose experts all differ are left out.</source>
        <translation>Оценка, которую дало большинство экспертов; пары, где все эксперты разошлись, исключаются.</translation>
    </message>
    <message>
        <source>The search does not know {language}: what it finds means little.</source>
        <translation>Поиск не знает этого языка ({language}): результаты мало что значат.</translation>
    </message>
    <message>
        <source>The search does not know {letters}: what it finds for them means little.</source>
        <translation>Поиск не знает {letters}: результаты для них мало что значат.</translation>
    </message>
    <message>
        <source>The search engine is not ready yet; please try again in a moment.</source>
        <translation>Поиск ещё не готов; попробуйте чуть позже.</translation>
    </message>
    <message>
        <source>The search engine is still loading. Your search will start by itself.</source>
        <translation>Поиск ещё загружается. Запрос выполнится сам.</translation>
    </message>
    <message>
        <source>The seconds are not a number of 0 or more.</source>
        <translation>Секунды — не число от 0.</translation>
    </message>
    <message>
        <source>The sentence describes the picture.</source>
        <translation>Описание подходит к изображению.</translation>
    </message>
    <message>
        <source>The sentence does not describe the picture.</source>
        <translation>Описание не подходит к изображению.</translation>
    </message>
    <message>
        <source>The share is not a number from 0 to 1</source>
        <translation>Доля — не число от 0 до 1</translation>
    </message>
    <message>
        <source>The share of images that is kept for the comparison must lie between 0 and 1.</source>
        <translation>Доля изображений, отложенных для сравнения, должна быть между 0 и 1.</translation>
    </message>
    <message>
        <source>The share of test queries whose right image comes first; greater is better</source>
        <translation>Доля проверочных запросов, где нужное изображение оказалось первым; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>The share of test queries whose right image is among the first 10; greater is better</source>
        <translation>Доля проверочных запросов, где нужное изображение попало в первые 10; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>The share of test queries whose right image is among the first 5; greater is better</source>
        <translation>Доля проверочных запросов, где нужное изображение попало в первые 5; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>The share of the crowd that says that the caption fits.</source>
        <translation>Доля участников, по мнению которых подпись подходит.</translation>
    </message>
    <message>
        <source>The share of the judgements&apos; spread that scores explain; greater is better</source>
        <translation>Доля разброса оценок, которую объясняют баллы; чем больше, тем лучше</translation>
    </message>
    <message>
        <source>The two weights of the blend must be 0 or more, and one of them above 0.</source>
        <translation>Оба веса должны быть не меньше 0, и хотя бы один — больше 0.</translation>
    </message>
    <message>
        <source>The value is not a whole number from 0 to 4.</source>
        <translation>Значение — не целое число от 0 до 4.</translation>
    </message>
    <message>
        <source>The weights in {folder} are not in a .safetensors file; pickled weights can run code and are not loaded.</source>
        <translation>Веса в папке {folder} — не в файле .safetensors; веса в формате pickle могут выполнять код и не загружаются.</translation>
    </message>
    <message>
        <source>The weights in {folder} do not fit its config.json: {absent} is missing.</source>
        <translation>Веса в папке {folder} не подходят к её config.json: нет {absent}.</translation>
    </message>
    <message>
        <source>The weights {expert_weight} and {crowd_weight} must be 0 or more, one above 0.</source>
        <translation>Веса {expert_weight} и {crowd_weight} должны быть не меньше 0, и хотя бы один — больше 0.</translation>
    </message>
    <message>
        <source>The weights {path} are damaged or of another version (SHA-256 {digest}).</source>
        <translation>Веса {path} повреждены или другой версии (SHA-256 {digest}).</translation>
    </message>
    <message>
        <source>The weights {path} cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать веса {path}: {reason}.</translation>
    </message>
    <message>
        <source>The weights {path} must be a .safetensors, .pth or .pt file.</source>
        <translation>Веса {path} должны быть файлом .safetensors, .pth или .pt.</translation>
    </message>
    <message>
        <source>The weights {path} must be a plain state dictionary: a tensor for every name.</source>
        <translation>Веса {path} должны быть простым словарём состояния: тензор для каждого имени.</translation>
    </message>
    <message>
        <source>The weights {weights} are not those of a {architecture}.</source>
        <translation>Веса {weights} — не от {architecture}.</translation>
    </message>
    <message>
        <source>The window was drawn off screen and saved as {file}</source>
        <translation>Снимок окна сохранён в {file}</translation>
    </message>
    <message>
        <source>The words can be changed, removed and added, in every language.</source>
        <translation>Слова можно менять, удалять и добавлять на любом языке.</translation>
    </message>
    <message>
        <source>The {column} is empty</source>
        <translation>Столбец {column} пуст</translation>
    </message>
    <message>
        <source>Their thumbnails, and what a search needs of them, are deleted from the library. A photo that comes back later is read again.

Ratings stay. None of your files is touched.</source>
        <translation>Их миниатюры и данные для поиска будут удалены из библиотеки. Если фото вернётся, оно будет прочитано заново.

Оценки сохранятся. Ваши файлы не изменятся.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>There are more judged images or captions than a training can hold</source>
        <translation>Оценённых изображений или подписей больше, чем вмещает обучение</translation>
    </message>
    <message>
        <source>There are no judged pairs to draw this from.</source>
        <translation>Нет оценённых пар, чтобы построить график.</translation>
    </message>
    <message>
        <source>There are no labels, and only {described:,} images with captions; without labels, training needs at least {least}.</source>
        <translation>Оценок нет, изображений с подписями: {described:,}; без оценок для обучения нужно не меньше {least}.</translation>
    </message>
    <message>
        <source>There are no photos here to save.</source>
        <translation>Здесь нет фото, которые можно сохранить.</translation>
    </message>
    <message>
        <source>There are no ratings to export yet.</source>
        <translation>Экспортировать пока нечего: оценок нет.</translation>
    </message>
    <message>
        <source>There are no ratings yet; rate some pictures first.</source>
        <translation>Оценок пока нет; сначала оцените несколько фото.</translation>
    </message>
    <message>
        <source>There are no test queries to measure recall on.</source>
        <translation>Нет проверочных запросов, чтобы измерить полноту.</translation>
    </message>
    <message>
        <source>There are no words to score photos by.</source>
        <translation>Нет слов, по которым можно найти балл.</translation>
    </message>
    <message>
        <source>There are {most} saved searches already: remove one first.</source>
        <translation>Сохранённых запросов уже {most}: сначала удалите какой-нибудь.</translation>
    </message>
    <message>
        <source>There is a saved search “{name}” already.</source>
        <translation>Сохранённый запрос «{name}» уже есть.</translation>
    </message>
    <message>
        <source>There is no filter “{name}:”; did you mean “{meant}:”?</source>
        <translation>Фильтра «{name}:» нет; возможно, имелось в виду «{meant}:»?</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Папки {folder} нет.</translation>
    </message>
    <message>
        <source>There is no library to keep ratings in.</source>
        <translation>Нет библиотеки, чтобы хранить оценки.</translation>
    </message>
    <message>
        <source>There is no library {path}, so there is nothing to begin anew.</source>
        <translation>Библиотеки {path} нет, начинать заново нечего.</translation>
    </message>
    <message>
        <source>There is no library.</source>
        <translation>Библиотеки нет.</translation>
    </message>
    <message>
        <source>There is no model that was used before.</source>
        <translation>Прежней модели нет.</translation>
    </message>
    <message>
        <source>There is no model “{model_id}”.</source>
        <translation>Модели «{model_id}» нет.</translation>
    </message>
    <message>
        <source>There is no photo in this folder that may be shown.</source>
        <translation>В этой папке нет фото, которые можно показать.</translation>
    </message>
    <message>
        <source>There is no picture file here that can be read.</source>
        <translation>Здесь нет изображений, которые можно прочитать.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Такого файла нет.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Такой папки нет.</translation>
    </message>
    <message>
        <source>There is no weights file {weights}.</source>
        <translation>Файла весов {weights} нет.</translation>
    </message>
    <message>
        <source>There is not enough memory to open the picture.</source>
        <translation>Не хватает памяти, чтобы открыть изображение.</translation>
    </message>
    <message>
        <source>There was nothing to measure on.</source>
        <translation>Проверять было не на чем.</translation>
    </message>
    <message>
        <source>These are your own words. A line that begins with # is a remark.</source>
        <translation>Это ваши слова. Строка, которая начинается с #, — примечание.</translation>
    </message>
    <message>
        <source>These do next to nothing: {words}.</source>
        <translation>Почти не влияют: {words}.</translation>
    </message>
    <message>
        <source>These lower it: {words}.</source>
        <translation>Снижают балл: {words}.</translation>
    </message>
    <message>
        <source>These raise the score: {words}.</source>
        <translation>Повышают балл: {words}.</translation>
    </message>
    <message>
        <source>These words come with ImgSearch; what you save becomes your own. A line that begins with # is a remark.</source>
        <translation>Эти слова входят в комплект ImgSearch; сохранённые станут вашими. Строка, которая начинается с #, — примечание.</translation>
    </message>
    <message>
        <source>This folder is a dataset. The training window sums up its captions and judgements, and trains on them if you like.</source>
        <translation>Эта папка — набор данных. Окно обучения покажет сводку по подписям и оценкам и при желании обучит на них модель.</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>Это не файл.</translation>
    </message>
    <message>
        <source>This matcher expects vectors of other lengths: {sizes}, not {real}.</source>
        <translation>Модель рассчитана на векторы другой длины: {sizes}, а не {real}.</translation>
    </message>
    <message>
        <source>This matcher was trained with the encoders {wanted}; the ones in use are {given}.</source>
        <translation>Модель обучена с кодировщиками {wanted}; сейчас используются {given}.</translation>
    </message>
    <message>
        <source>This matcher&apos;s scores are not numbers: its file is not to be trusted.</source>
        <translation>Баллы модели — не числа: её файлу нельзя доверять.</translation>
    </message>
    <message>
        <source>This search is not shown</source>
        <translation>Результаты поиска не показаны</translation>
    </message>
    <message>
        <source>This takes effect as soon as the work that is going on has ended. You need not wait.</source>
        <translation>Изменится, когда закончится текущая работа. Ждать не нужно.</translation>
    </message>
    <message>
        <source>This takes effect when you close the settings. The window is made anew in a moment.</source>
        <translation>Изменится, когда настройки будут закрыты. Окно откроется заново через мгновение.</translation>
    </message>
    <message>
        <source>This time it is where the command line says.</source>
        <translation>В этот раз место задано в командной строке.</translation>
    </message>
    <message>
        <source>Tibetan letters</source>
        <translation>тибетских букв</translation>
    </message>
    <message>
        <source>To see them again, switch “Pass over rated” off.</source>
        <translation>Чтобы увидеть их снова, выключите «Без оценённых».</translation>
    </message>
    <message>
        <source>Train &amp;for</source>
        <translation>&amp;Длительность</translation>
    </message>
    <message>
        <source>Train a matcher — ImgSearch</source>
        <translation>Обучение модели — ImgSearch</translation>
    </message>
    <message>
        <source>Train with these choices; searching goes on meanwhile</source>
        <translation>Начать обучение с этими настройками; искать можно и во время него</translation>
    </message>
    <message>
        <source>Trained in {time}.</source>
        <translation>Обучение заняло {time}.</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Обучена на</translation>
    </message>
    <message>
        <source>Trained on {data} in {time}.</source>
        <translation>Данные: {data}. Обучение заняло {time}.</translation>
    </message>
    <message>
        <source>Training did not work</source>
        <translation>Обучение не удалось</translation>
    </message>
    <message>
        <source>Training is still going on.</source>
        <translation>Обучение ещё идёт.</translation>
    </message>
    <message>
        <source>Training is still going on. Quit all the same?</source>
        <translation>Обучение ещё идёт. Всё равно выйти?</translation>
    </message>
    <message>
        <source>Training needs at least one step.</source>
        <translation>Для обучения нужен хотя бы один шаг.</translation>
    </message>
    <message>
        <source>Training the heads went astray: the vectors are not usable.</source>
        <translation>Обучение проекций разошлось: векторы непригодны.</translation>
    </message>
    <message>
        <source>Training was stopped. Nothing was changed.</source>
        <translation>Обучение остановлено. Ничего не изменилось.</translation>
    </message>
    <message>
        <source>Training: {stage}</source>
        <translation>Обучение: {stage}</translation>
    </message>
    <message>
        <source>Training: {stage} {percent} %</source>
        <translation>Обучение: {stage}, {percent} %</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>Обучение…</translation>
    </message>
    <message>
        <source>Try other or fewer words.</source>
        <translation>Попробуйте другие слова или сократите запрос.</translation>
    </message>
    <message>
        <source>Try other words, or look at the photos that come closest.</source>
        <translation>Попробуйте другие слова или посмотрите самые близкие фото.</translation>
    </message>
    <message>
        <source>Try the demo gallery</source>
        <translation>Посмотреть демогалерею</translation>
    </message>
    <message>
        <source>Try {query}</source>
        <translation>Попробовать {query}</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>турецкий</translation>
    </message>
    <message>
        <source>Two raters</source>
        <translation>Два эксперта</translation>
    </message>
    <message>
        <source>Type a query first</source>
        <translation>Сначала введите запрос</translation>
    </message>
    <message>
        <source>Type a query to see the best photos by both matchers.</source>
        <translation>Введите запрос, чтобы увидеть лучшие фото по обеим моделям.</translation>
    </message>
    <message>
        <source>Type a sentence to compare the two matchers by.</source>
        <translation>Введите запрос, чтобы сравнить две модели.</translation>
    </message>
    <message>
        <source>Type an action or a key</source>
        <translation>Введите действие или клавишу</translation>
    </message>
    <message>
        <source>UTF-16 or not text at all</source>
        <translation>UTF-16 или вовсе не текст</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Развернуть</translation>
    </message>
    <message>
        <source>Unlikely</source>
        <comment>match</comment>
        <translation>Маловероятное</translation>
    </message>
    <message>
        <source>Unlikely match, score {score}</source>
        <translation>Маловероятное совпадение, балл {score}</translation>
    </message>
    <message>
        <source>Unnamed model</source>
        <translation>Безымянная модель</translation>
    </message>
    <message>
        <source>Unreadable model</source>
        <translation>Нечитаемая модель</translation>
    </message>
    <message>
        <source>Until it stops improving</source>
        <translation>Пока есть улучшения</translation>
    </message>
    <message>
        <source>Validation images are not trained on: training ends when their error falls no more.</source>
        <translation>Проверочные изображения в обучении не участвуют: оно завершится, когда ошибка на них перестанет снижаться.</translation>
    </message>
    <message>
        <source>Warn, and show pictures</source>
        <translation>Предупреждать и показывать фото</translation>
    </message>
    <message>
        <source>Weight of the crowd</source>
        <translation>Вес толпы</translation>
    </message>
    <message>
        <source>Weight of the experts</source>
        <translation>Вес экспертов</translation>
    </message>
    <message>
        <source>What ImgSearch brings along</source>
        <translation>Компоненты ImgSearch</translation>
    </message>
    <message>
        <source>What else there is to say; it is kept with the rating. Enter goes on.</source>
        <translation>Что ещё можно сказать; сохраняется вместе с оценкой. Enter — дальше.</translation>
    </message>
    <message>
        <source>What happens when a search, or a caption of a photo, has a word of the rule.</source>
        <translation>Что делать, если в запросе или в подписи фото есть слово из правила.</translation>
    </message>
    <message>
        <source>What is rated is one sentence: take signs, weights and phrases out of the query.</source>
        <translation>Оценивают по одному предложению: уберите из запроса знаки, веса и фразы.</translation>
    </message>
    <message>
        <source>What scores a photo against a sentence. Others can be trained, imported and chosen.</source>
        <translation>Определяет, насколько фото подходит к запросу. Другие модели можно обучить, импортировать и выбрать.</translation>
    </message>
    <message>
        <source>What the bundled matcher is, and how good</source>
        <translation>Что умеет встроенная модель и насколько она точна</translation>
    </message>
    <message>
        <source>What there is to learn from</source>
        <translation>На чём учиться</translation>
    </message>
    <message>
        <source>What to judge next</source>
        <translation>Что оценивать дальше</translation>
    </message>
    <message>
        <source>What turns pictures and sentences into numbers. The window uses the ones that come with it. With others, every photo is read anew and a matcher has to be trained for them: the command line does that.</source>
        <translation>Превращают изображения и текст в числа. В окне используются встроенные. С другими все фото читаются заново и нужна своя модель: это делается из командной строки.</translation>
    </message>
    <message>
        <source>What was trained is lost; your photos, ratings and the matcher in use stay as they are.</source>
        <translation>Результат обучения будет потерян; фото, оценки и текущая модель останутся как есть.</translation>
    </message>
    <message>
        <source>What you and others rated in this program.</source>
        <translation>Оценки, поставленные в этой программе вами и другими.</translation>
    </message>
    <message>
        <source>Where raters disagree</source>
        <translation>Где эксперты расходятся</translation>
    </message>
    <message>
        <source>Where the matcher is unsure</source>
        <translation>Где модель не уверена</translation>
    </message>
    <message>
        <source>Where thumbnails, ratings and what searches need are kept. A library that is elsewhere is left as it is: to take it along, copy its file library.sqlite to the new folder first.</source>
        <translation>Где хранятся миниатюры, оценки и данные для поиска. Прежняя библиотека останется на месте: чтобы перенести её, сначала скопируйте её файл library.sqlite в новую папку.</translation>
    </message>
    <message>
        <source>Why: what each word does to the score</source>
        <translation>Почему: что каждое слово делает с баллом</translation>
    </message>
    <message>
        <source>Withheld by the content rule</source>
        <translation>Скрыто правилом содержания</translation>
    </message>
    <message>
        <source>Words of the content rule</source>
        <translation>Слова правила содержания</translation>
    </message>
    <message>
        <source>Words of the rule</source>
        <translation>Слова правила</translation>
    </message>
    <message>
        <source>Write a day as 2024-05-17, 2024-05 or 2024.</source>
        <translation>Напишите дату так: 2024-05-17, 2024-05 или 2024.</translation>
    </message>
    <message>
        <source>Write the folder of an encoder, as in folder:/models/clip, not {spec!r}.</source>
        <translation>Укажите папку кодировщика, например folder:/models/clip, а не {spec!r}.</translation>
    </message>
    <message>
        <source>Write torchvision:ARCHITECTURE=FILE, as in torchvision:resnet50=r50.pth, not {spec!r}.</source>
        <translation>Укажите torchvision:АРХИТЕКТУРА=ФАЙЛ, например torchvision:resnet50=r50.pth, а не {spec!r}.</translation>
    </message>
    <message>
        <source>Write “rated:yes”, “rated:no”, or the least rating, from “rated:1” to “rated:4”.</source>
        <translation>Напишите «оценка:да», «оценка:нет» или наименьшую оценку, от «оценка:1» до «оценка:4».</translation>
    </message>
    <message>
        <source>Writes every rating and the rated pictures as a dataset folder, which the training dialog opens. The file ratings.csv in it holds names, times and comments.</source>
        <translation>Записывает все оценки и оценённые изображения в папку набора данных, которую можно открыть в окне обучения. В файле ratings.csv — имена, время и комментарии.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Да</translation>
    </message>
    <message>
        <source>Yes / No</source>
        <translation>Да / Нет</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Да или нет</translation>
    </message>
    <message>
        <source>Yes, no</source>
        <translation>Да, нет</translation>
    </message>
    <message>
        <source>You are not allowed to read this file.</source>
        <translation>Нет прав на чтение этого файла.</translation>
    </message>
    <message>
        <source>You have rated all of these</source>
        <translation>Вы оценили их все</translation>
    </message>
    <message>
        <source>You said {values} before.</source>
        <translation>Ваша прежняя оценка: {values}.</translation>
    </message>
    <message>
        <source>Your photos appear in a few seconds.</source>
        <translation>Фото появятся через несколько секунд.</translation>
    </message>
    <message>
        <source>Your photos appear in a moment.</source>
        <translation>Фото сейчас появятся.</translation>
    </message>
    <message>
        <source>Your ratings are kept under this name</source>
        <translation>Ваши оценки сохраняются под этим именем</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Увеличить (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Уменьшить (−)</translation>
    </message>
    <message>
        <source>a dog runs on the beach</source>
        <translation>собака бежит по пляжу</translation>
    </message>
    <message>
        <source>a label of the crowd</source>
        <translation>оценки толпы</translation>
    </message>
    <message>
        <source>a score that most experts agree on</source>
        <translation>оценки большинства экспертов</translation>
    </message>
    <message>
        <source>about {time} left in this stage</source>
        <translation>до конца этапа около {time}</translation>
    </message>
    <message>
        <source>after {day}</source>
        <translation>после {day}</translation>
    </message>
    <message>
        <source>after:2023 before:2024-05-17</source>
        <translation>после:2023 до:2024-05-17</translation>
    </message>
    <message>
        <source>almost perfectly</source>
        <comment>raters agree</comment>
        <translation>почти полное</translation>
    </message>
    <message>
        <source>an expert&apos;s label</source>
        <translation>оценки эксперта</translation>
    </message>
    <message>
        <source>beach -people</source>
        <translation>пляж -люди</translation>
    </message>
    <message>
        <source>beach folder:italy</source>
        <translation>пляж папка:италия</translation>
    </message>
    <message>
        <source>beach score&gt;0.6</source>
        <translation>пляж балл&gt;0.6</translation>
    </message>
    <message>
        <source>before {day}</source>
        <translation>до {day}</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>калибровка</translation>
    </message>
    <message>
        <source>calibration error</source>
        <comment>of a model file</comment>
        <translation>ошибка калибровки:</translation>
    </message>
    <message>
        <source>can be &quot;lemma&quot; for {languages} only</source>
        <translation>может быть &quot;lemma&quot; только для {languages}</translation>
    </message>
    <message>
        <source>cannot be opened: check its permissions or name another file.</source>
        <translation>не открывается: проверьте права доступа или укажите другой файл.</translation>
    </message>
    <message>
        <source>cannot be read or written: its disk may be full, or gone. What was read so far is kept.</source>
        <translation>не читается или не записывается: возможно, диск полон или отключён. Уже прочитанное сохранено.</translation>
    </message>
    <message>
        <source>cannot be used: {details}.</source>
        <translation>непригодна: {details}.</translation>
    </message>
    <message>
        <source>cannot be written: check its permissions or name another file.</source>
        <translation>не записывается: проверьте права доступа или укажите другой файл.</translation>
    </message>
    <message>
        <source>cannot grow, because the disk is full: free some space and read the folder again. What was read so far is kept.</source>
        <translation>не может вырасти, потому что диск полон: освободите место и прочитайте папку заново. Уже прочитанное сохранено.</translation>
    </message>
    <message>
        <source>captions</source>
        <comment>of a model file</comment>
        <translation>подписи:</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>запятая</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>константа</translation>
    </message>
    <message>
        <source>crowd pairs</source>
        <comment>of a model file</comment>
        <translation>пары с оценкой толпы:</translation>
    </message>
    <message>
        <source>described pairs</source>
        <comment>of a model file</comment>
        <translation>пары с подписью:</translation>
    </message>
    <message>
        <source>down from {place}</source>
        <translation>ниже, было {place}</translation>
    </message>
    <message>
        <source>fairly</source>
        <comment>raters agree</comment>
        <translation>слабое</translation>
    </message>
    <message>
        <source>folder: {part}</source>
        <translation>папка: {part}</translation>
    </message>
    <message>
        <source>has the entry {entry!r}, which must be {wanted}</source>
        <translation>содержит {entry!r}, а нужно: {wanted}</translation>
    </message>
    <message>
        <source>images</source>
        <comment>of a model file</comment>
        <translation>изображения:</translation>
    </message>
    <message>
        <source>is damaged: it can be set aside and begun anew, with the ratings in it.</source>
        <translation>повреждена: её можно отложить и начать заново, сохранив оценки.</translation>
    </message>
    <message>
        <source>is in use by another program: close that and try again.</source>
        <translation>занята другой программой: закройте её и попробуйте снова.</translation>
    </message>
    <message>
        <source>is none of match, {keys}</source>
        <translation>— не match и не {keys}</translation>
    </message>
    <message>
        <source>is not a section named by a two-letter language code</source>
        <translation>— не раздел с двухбуквенным кодом языка</translation>
    </message>
    <message>
        <source>is not an ImgSearch library, or its first bytes are damaged: name another file, or set this one aside and begin anew.</source>
        <translation>— не библиотека ImgSearch, или повреждено её начало: укажите другой файл или отложите этот и начните заново.</translation>
    </message>
    <message>
        <source>it has bands that cannot be: {partial} and {strong}.</source>
        <translation>невозможные границы совпадений: {partial} и {strong}.</translation>
    </message>
    <message>
        <source>it has more classes than its image vectors have numbers.</source>
        <translation>классов больше, чем чисел в векторах изображений.</translation>
    </message>
    <message>
        <source>it has no text towers, or too many.</source>
        <translation>текстовых башен нет или слишком много.</translation>
    </message>
    <message>
        <source>it holds something else.</source>
        <translation>в нём что-то другое.</translation>
    </message>
    <message>
        <source>it is damaged or holds something else.</source>
        <translation>файл повреждён, или в нём что-то другое.</translation>
    </message>
    <message>
        <source>it says the same thing twice.</source>
        <translation>одно и то же указано дважды.</translation>
    </message>
    <message>
        <source>it was fitted on nothing.</source>
        <translation>она ни на чём не обучена.</translation>
    </message>
    <message>
        <source>it was trained with other encoders ({names}) than this program uses.</source>
        <translation>она обучена с другими кодировщиками ({names}), не теми, что в программе.</translation>
    </message>
    <message>
        <source>it was written by a newer version of ImgSearch.</source>
        <translation>её записала более новая версия ImgSearch.</translation>
    </message>
    <message>
        <source>it was written by another version of ImgSearch.</source>
        <translation>её записала другая версия ImgSearch.</translation>
    </message>
    <message>
        <source>its calibration does not rise from above 0 to below 1.</source>
        <translation>калибровка не растёт от 0 до 1.</translation>
    </message>
    <message>
        <source>its configuration is incomplete.</source>
        <translation>неполная конфигурация.</translation>
    </message>
    <message>
        <source>its date is not in UTC.</source>
        <translation>дата не в UTC.</translation>
    </message>
    <message>
        <source>its date is out of range.</source>
        <translation>невозможная дата.</translation>
    </message>
    <message>
        <source>its deviations are not all positive.</source>
        <translation>не все отклонения положительны.</translation>
    </message>
    <message>
        <source>its header is too long.</source>
        <translation>слишком длинный заголовок.</translation>
    </message>
    <message>
        <source>its length is not what it says.</source>
        <translation>длина не та, что указана.</translation>
    </message>
    <message>
        <source>its list of training images is malformed.</source>
        <translation>неверный список обучающих изображений.</translation>
    </message>
    <message>
        <source>its list of training images is too long.</source>
        <translation>слишком длинный список обучающих изображений.</translation>
    </message>
    <message>
        <source>its scales {name} are not all positive, or too large.</source>
        <translation>масштабы {name} не все положительны или слишком велики.</translation>
    </message>
    <message>
        <source>its settings are out of range.</source>
        <translation>настройки вне допустимых границ.</translation>
    </message>
    <message>
        <source>its sizes do not fit together.</source>
        <translation>размеры не согласованы.</translation>
    </message>
    <message>
        <source>its weights do not belong to its configuration.</source>
        <translation>веса не подходят к конфигурации.</translation>
    </message>
    <message>
        <source>its weights {name} are not all numbers.</source>
        <translation>веса {name} — не все числа.</translation>
    </message>
    <message>
        <source>its weights {name} have the wrong shape or type.</source>
        <translation>у весов {name} неверный размер или тип.</translation>
    </message>
    <message>
        <source>its {name} are not all numbers.</source>
        <translation>{name} — не все числа.</translation>
    </message>
    <message>
        <source>its {name} is not a text.</source>
        <translation>{name} — не текст.</translation>
    </message>
    <message>
        <source>its {name} is out of range.</source>
        <translation>{name} вне допустимых границ.</translation>
    </message>
    <message>
        <source>judged images</source>
        <comment>of a model file</comment>
        <translation>оценённые изображения:</translation>
    </message>
    <message>
        <source>judged pairs</source>
        <comment>of a model file</comment>
        <translation>оценённые пары:</translation>
    </message>
    <message>
        <source>left out</source>
        <comment>of a model file</comment>
        <translation>исключено:</translation>
    </message>
    <message>
        <source>letters</source>
        <translation>буквы</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>строка {line}</translation>
    </message>
    <message>
        <source>matcher in use</source>
        <translation>текущая модель</translation>
    </message>
    <message>
        <source>mean target of the pairs</source>
        <comment>an axis</comment>
        <translation>среднее целевое значение пар</translation>
    </message>
    <message>
        <source>measurement</source>
        <comment>an axis</comment>
        <translation>измерение</translation>
    </message>
    <message>
        <source>moderately</source>
        <comment>raters agree</comment>
        <translation>умеренное</translation>
    </message>
    <message>
        <source>must be &quot;lemma&quot;, &quot;word&quot; or &quot;anywhere&quot;</source>
        <translation>— нужно &quot;lemma&quot;, &quot;word&quot; или &quot;anywhere&quot;</translation>
    </message>
    <message>
        <source>must be a list of words in quotation marks</source>
        <translation>— нужен список слов в кавычках</translation>
    </message>
    <message>
        <source>my ratings</source>
        <translation>мои оценки</translation>
    </message>
    <message>
        <source>name</source>
        <comment>badge of a photo</comment>
        <translation>имя</translation>
    </message>
    <message>
        <source>name without: {part}</source>
        <translation>имя без: {part}</translation>
    </message>
    <message>
        <source>name: {part}</source>
        <translation>имя: {part}</translation>
    </message>
    <message>
        <source>name:img_2</source>
        <translation>имя:img_2</translation>
    </message>
    <message>
        <source>new here</source>
        <translation>новое</translation>
    </message>
    <message>
        <source>new matcher</source>
        <translation>новая модель</translation>
    </message>
    <message>
        <source>no more than by chance</source>
        <comment>raters agree</comment>
        <translation>не больше случайного</translation>
    </message>
    <message>
        <source>not in folder: {part}</source>
        <translation>не в папке: {part}</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>без оценки</translation>
    </message>
    <message>
        <source>one word, of letters only</source>
        <translation>одно слово только из букв</translation>
    </message>
    <message>
        <source>one word, of letters only and a star</source>
        <translation>одно слово только из букв и звёздочка</translation>
    </message>
    <message numerus="yes">
        <source>over %Ln query(s) so far</source>
        <translation>
            <numerusform>пока по %Ln запросу</numerusform>
            <numerusform>пока по %Ln запросам</numerusform>
            <numerusform>пока по %Ln запросам</numerusform>
        </translation>
    </message>
    <message>
        <source>pairs</source>
        <comment>an axis</comment>
        <translation>пары</translation>
    </message>
    <message>
        <source>plain network</source>
        <translation>простая сеть</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>ранг {rank}</translation>
    </message>
    <message>
        <source>rated</source>
        <translation>с оценкой</translation>
    </message>
    <message>
        <source>rated {rating} or better</source>
        <translation>оценка {rating} и выше</translation>
    </message>
    <message>
        <source>rated:yes</source>
        <translation>оценка:да</translation>
    </message>
    <message>
        <source>recall@{at} on {queries:,} test queries</source>
        <translation>recall@{at} (проверочных запросов: {queries:,})</translation>
    </message>
    <message>
        <source>recall@{k}: {share} %</source>
        <translation>полнота@{k}: {share} %</translation>
    </message>
    <message>
        <source>rmse out of fold</source>
        <comment>of a model file</comment>
        <translation>RMSE на разбиениях:</translation>
    </message>
    <message>
        <source>same place</source>
        <translation>место то же</translation>
    </message>
    <message>
        <source>score</source>
        <comment>an axis</comment>
        <translation>балл</translation>
    </message>
    <message>
        <source>score {score}, target {target}</source>
        <translation>балл {score}, цель {target}</translation>
    </message>
    <message>
        <source>score {sign} {number}</source>
        <translation>балл {sign} {number}</translation>
    </message>
    <message>
        <source>semicolons</source>
        <translation>точка с запятой</translation>
    </message>
    <message>
        <source>slightly</source>
        <comment>raters agree</comment>
        <translation>очень слабое</translation>
    </message>
    <message>
        <source>substantially</source>
        <comment>raters agree</comment>
        <translation>существенное</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>табуляция</translation>
    </message>
    <message>
        <source>target</source>
        <comment>an axis</comment>
        <translation>целевое значение</translation>
    </message>
    <message>
        <source>the pasted picture</source>
        <translation>вставленное изображение</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>изображение</translation>
    </message>
    <message>
        <source>torchvision has no classifier {architecture!r}; it has {close} and others.</source>
        <translation>В torchvision нет классификатора {architecture!r}; есть {close} и другие.</translation>
    </message>
    <message>
        <source>training</source>
        <comment>a curve</comment>
        <translation>обучение</translation>
    </message>
    <message>
        <source>training RMSE {value}</source>
        <translation>RMSE на обучении {value}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>up from {place}</source>
        <translation>выше, было {place}</translation>
    </message>
    <message>
        <source>validation</source>
        <comment>a curve</comment>
        <translation>проверка</translation>
    </message>
    <message>
        <source>validation RMSE {value}</source>
        <translation>RMSE на проверке {value}</translation>
    </message>
    <message>
        <source>without “{words}”</source>
        <translation>без «{words}»</translation>
    </message>
    <message>
        <source>words</source>
        <translation>слова</translation>
    </message>
    <message>
        <source>{count} not saved</source>
        <translation>не сохранено: {count}</translation>
    </message>
    <message>
        <source>{count} passed over</source>
        <translation>оценено раньше: {count}</translation>
    </message>
    <message>
        <source>{count} rated</source>
        <translation>оценено: {count}</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>пропущено: {count}</translation>
    </message>
    <message>
        <source>{count} where {width} are expected</source>
        <translation>{count}, а нужно {width}</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) looked at for their dates</source>
        <translation>
            <numerusform>Даты: просмотрено {done} из %Ln фотографии</numerusform>
            <numerusform>Даты: просмотрено {done} из %Ln фотографий</numerusform>
            <numerusform>Даты: просмотрено {done} из %Ln фотографий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) made ready for searching</source>
        <translation>
            <numerusform>К поиску подготовлено {done} из %Ln фотографии</numerusform>
            <numerusform>К поиску подготовлено {done} из %Ln фотографий</numerusform>
            <numerusform>К поиску подготовлено {done} из %Ln фотографий</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>Прочитано {done} из %Ln фотографии</numerusform>
            <numerusform>Прочитано {done} из %Ln фотографий</numerusform>
            <numerusform>Прочитано {done} из %Ln фотографий</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} из {total}</translation>
    </message>
    <message numerus="yes">
        <source>{errors} after %Ln measurement(s)</source>
        <translation>
            <numerusform>{errors} после %Ln измерения</numerusform>
            <numerusform>{errors} после %Ln измерений</numerusform>
            <numerusform>{errors} после %Ln измерений</numerusform>
        </translation>
    </message>
    <message>
        <source>{errors}; {recall}</source>
        <translation>{errors}; {recall}</translation>
    </message>
    <message>
        <source>{file} cannot be used here: {reason}</source>
        <translation>{file} здесь не подходит: {reason}</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>Не удаётся записать {file}: {reason}.</translation>
    </message>
    <message>
        <source>{file} is not a file.</source>
        <translation>{file} — не файл.</translation>
    </message>
    <message>
        <source>{file} is not a matcher that this program can use: {reason}</source>
        <translation>{file} — не модель, пригодная для этой программы: {reason}</translation>
    </message>
    <message>
        <source>{file} is too large to be a matcher.</source>
        <translation>{file} слишком велик для модели.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}, строка {line}</translation>
    </message>
    <message>
        <source>{file}, line {line}: {reason}</source>
        <translation>{file}, строка {line}: {reason}</translation>
    </message>
    <message>
        <source>{file}: The content rule cannot be read: {reason}.</source>
        <translation>{file}: Не удаётся прочитать правило содержания: {reason}.</translation>
    </message>
    <message>
        <source>{file}: The content rule cannot be set aside: {reason}.</source>
        <translation>{file}: Не удаётся отложить правило содержания: {reason}.</translation>
    </message>
    <message>
        <source>{file}: The content rule cannot be written: {reason}.</source>
        <translation>{file}: Не удаётся записать правило содержания: {reason}.</translation>
    </message>
    <message>
        <source>{file}: The saved searches cannot be read: {reason}.</source>
        <translation>{file}: Не удаётся прочитать сохранённые запросы: {reason}.</translation>
    </message>
    <message>
        <source>{file}: The saved searches cannot be written: {reason}.</source>
        <translation>{file}: Не удаётся записать сохранённые запросы: {reason}.</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <comment>raters</comment>
        <translation>{first} и {second}</translation>
    </message>
    <message>
        <source>{folder} cannot be filled: {reason}.</source>
        <translation>Не удаётся заполнить {folder}: {reason}.</translation>
    </message>
    <message>
        <source>{folder} cannot be looked into: {reason}.</source>
        <translation>Не удаётся просмотреть {folder}: {reason}.</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}.</source>
        <translation>Не удаётся создать {folder}: {reason}.</translation>
    </message>
    <message>
        <source>{folder} is a file; choose an empty folder or a new name.</source>
        <translation>{folder} — файл; выберите пустую папку или новое имя.</translation>
    </message>
    <message>
        <source>{folder} is not empty; choose an empty folder or a new name.</source>
        <translation>{folder} — не пустая папка; выберите пустую или новое имя.</translation>
    </message>
    <message>
        <source>{folder} is not there now</source>
        <translation>{folder}: сейчас недоступна</translation>
    </message>
    <message>
        <source>{folder} is there already; choose a new or an empty folder.</source>
        <translation>{folder} уже есть; выберите новую или пустую папку.</translation>
    </message>
    <message>
        <source>{format}, {size}</source>
        <translation>{format}, {size}</translation>
    </message>
    <message>
        <source>{fraction} s</source>
        <translation>{fraction} с</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} ч {minutes} мин</translation>
    </message>
    <message>
        <source>{kind}.</source>
        <translation>{kind}.</translation>
    </message>
    <message>
        <source>{kind}: {detail}.</source>
        <translation>{kind}: {detail}.</translation>
    </message>
    <message>
        <source>{length} mm</source>
        <translation>{length} мм</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} – {high}</translation>
    </message>
    <message>
        <source>{low} to {high}: {count}</source>
        <translation>от {low} до {high}: {count}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} мин</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} мин {seconds} с</translation>
    </message>
    <message>
        <source>{name}: {pairs:,} pairs of {images:,} images</source>
        <translation>{name}: пар {pairs:,}, изображений {images:,}</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} из {total}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} из {count}</translation>
    </message>
    <message>
        <source>{progress}, about {time} left</source>
        <translation>{progress}, осталось около {time}</translation>
    </message>
    <message numerus="yes">
        <source>{queries}, on %Ln image(s)</source>
        <translation>
            <numerusform>{queries}, на %Ln изображении</numerusform>
            <numerusform>{queries}, на %Ln изображениях</numerusform>
            <numerusform>{queries}, на %Ln изображениях</numerusform>
        </translation>
    </message>
    <message>
        <source>{rater} gave {value} and {other} {other_value} to {image} for “{query}”.</source>
        <translation>{image}, запрос «{query}»: {rater} — {value}, {other} — {other_value}.</translation>
    </message>
    <message>
        <source>{rater} gave {value} at {time} UTC and {later_value} at {later} UTC to {image} for “{query}”; the later counts.</source>
        <translation>{image}, запрос «{query}»: {rater} — {value} ({time} UTC) и {later_value} ({later} UTC); учитывается последняя.</translation>
    </message>
    <message>
        <source>{reason} None of the file&apos;s rows can be used ({rows:,} read).</source>
        <translation>{reason} Ни одна строка файла не пригодна (прочитано: {rows:,}).</translation>
    </message>
    <message>
        <source>{root} is not a folder.</source>
        <translation>{root} — не папка.</translation>
    </message>
    <message>
        <source>{said} {reason}: {n}.</source>
        <translation>{said} {reason}: {n}.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} с</translation>
    </message>
    <message>
        <source>{seconds} s each</source>
        <translation>по {seconds} с</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>{stage}: ahead</source>
        <translation>{stage}: впереди</translation>
    </message>
    <message>
        <source>{stage}: current</source>
        <translation>{stage}: идёт сейчас</translation>
    </message>
    <message>
        <source>{stage}: over</source>
        <translation>{stage}: завершено</translation>
    </message>
    <message>
        <source>{stage}: {done} of {total}</source>
        <translation>{stage}: {done} из {total}</translation>
    </message>
    <message>
        <source>{stage}: {done} of {total}.</source>
        <translation>{stage}: {done} из {total}.</translation>
    </message>
    <message>
        <source>{weight} × without “{words}”</source>
        <translation>{weight} × без «{words}»</translation>
    </message>
    <message>
        <source>{weight} × “{words}”</source>
        <translation>{weight} × «{words}»</translation>
    </message>
    <message>
        <source>{what} {reason}.</source>
        <translation>{what} {reason}.</translation>
    </message>
    <message>
        <source>{what} {size:.3f} better (95 % interval {low} to {high})</source>
        <translation>{what}: лучше на {size:.3f} (95-процентный интервал от {low} до {high})</translation>
    </message>
    <message>
        <source>{what} {size:.3f} worse (95 % interval {low} to {high})</source>
        <translation>{what}: хуже на {size:.3f} (95-процентный интервал от {low} до {high})</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} пикселей</translation>
    </message>
    <message>
        <source>×{count}</source>
        <comment>badge of a photo</comment>
        <translation>×{count}</translation>
    </message>
    <message>
        <source>“-” goes with words, phrases, “folder:” and “name:”, not with a score.</source>
        <translation>«-» ставят перед словами, фразами, «папка:» и «имя:», но не перед баллом.</translation>
    </message>
    <message>
        <source>“-” goes with words, phrases, “folder:” and “name:”, not with “{name}:”.</source>
        <translation>«-» ставят перед словами, фразами, «папка:» и «имя:», но не перед «{name}:».</translation>
    </message>
    <message>
        <source>“-” stands before the weight, as in “-2:cat”.</source>
        <translation>«-» ставят перед весом, как в «-2:кот».</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder that can be opened.</source>
        <translation>Не удалось открыть папку «{folder}».</translation>
    </message>
    <message>
        <source>“{folder}” is opened as photos alone: a dataset folder has train_dataset.csv or test_queries.csv in it.</source>
        <translation>«{folder}» открыта просто как фото: в папке набора данных есть train_dataset.csv или test_queries.csv.</translation>
    </message>
    <message>
        <source>“{name}” cannot be described.</source>
        <translation>«{name}» не удаётся описать.</translation>
    </message>
    <message>
        <source>“{name}” cannot be searched by. {reason}</source>
        <translation>По «{name}» нельзя искать. {reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be opened. It may have been moved, or no viewer is set for it.</source>
        <translation>Не удалось открыть «{name}». Возможно, файл перемещён или для него не выбрана программа.</translation>
    </message>
    <message>
        <source>“{name}” is kept, and searches use it now.</source>
        <translation>Модель «{name}» сохранена и теперь используется для поиска.</translation>
    </message>
    <message>
        <source>“{name}” is kept.</source>
        <translation>Модель «{name}» сохранена.</translation>
    </message>
    <message>
        <source>“{name}” is no longer in this folder.</source>
        <translation>«{name}» в этой папке больше нет.</translation>
    </message>
    <message>
        <source>“{name}” was added to your models.</source>
        <translation>Модель «{name}» добавлена.</translation>
    </message>
    <message>
        <source>“{name}” was copied to {file}.</source>
        <translation>Модель «{name}» скопирована в {file}.</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>Модель «{name}» удалена.</translation>
    </message>
    <message>
        <source>“{name}” was deleted; searches use “{other}” now.</source>
        <translation>Модель «{name}» удалена; для поиска теперь используется «{other}».</translation>
    </message>
    <message>
        <source>“{query}”</source>
        <translation>«{query}»</translation>
    </message>
    <message>
        <source>“{query}” finds:</source>
        <translation>По запросу «{query}» найдено:</translation>
    </message>
    <message>
        <source>“{query}” in {folder}</source>
        <translation>«{query}» в {folder}</translation>
    </message>
    <message>
        <source>“{words}”: {reason}</source>
        <translation>«{words}»: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <comment>rows</comment>
        <translation>
            <numerusform>… и ещё %Ln</numerusform>
            <numerusform>… и ещё %Ln</numerusform>
            <numerusform>… и ещё %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>… and {count} more.</source>
        <translation>… и ещё {count}.</translation>
    </message>
    <message>
        <source>← Back</source>
        <translation>← Назад</translation>
    </message>
    <message>
        <source>← Back to the photos</source>
        <translation>← Назад к фотографиям</translation>
    </message>
    <message>
        <source>← Previous</source>
        <translation>← Назад</translation>
    </message>
    <message>
        <source>← looks back, Esc returns to the search.</source>
        <translation>← — назад, Esc — к поиску.</translation>
    </message>
    <message>
        <source>←, Backspace</source>
        <translation>←, Backspace</translation>
    </message>
    <message>
        <source>←, → or Page up, Page down</source>
        <translation>←, → или Page Up, Page Down</translation>
    </message>
    <message>
        <source>→, Space, Enter</source>
        <translation>→, пробел, Enter</translation>
    </message>
    <message>
        <source>−{size:.3f}</source>
        <translation>−{size:.3f}</translation>
    </message>
</context>
</TS>
