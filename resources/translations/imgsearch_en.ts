<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%Ln conflict(s):</source>
        <translation>
            <numerusform>%Ln conflict:</numerusform>
            <numerusform>%Ln conflicts:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read.</source>
        <translation>
            <numerusform>%Ln file could not be read.</numerusform>
            <numerusform>%Ln files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) with this very picture</source>
        <translation>
            <numerusform>%Ln file with this very picture</numerusform>
            <numerusform>%Ln files with this very picture</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln judged pair(s)</source>
        <translation>
            <numerusform>%Ln judged pair</numerusform>
            <numerusform>%Ln judged pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) of a crowd were left out: its votes are counts, and nobody&apos;s in particular.</source>
        <translation>
            <numerusform>%Ln label of a crowd was left out: its votes are counts, and nobody&apos;s in particular.</numerusform>
            <numerusform>%Ln labels of a crowd were left out: its votes are counts, and nobody&apos;s in particular.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out by the content rule</source>
        <comment>queries</comment>
        <translation>
            <numerusform>%Ln left out by the content rule</numerusform>
            <numerusform>%Ln left out by the content rule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more photo(s) are unlikely to match.</source>
        <translation>
            <numerusform>%Ln more photo is unlikely to match.</numerusform>
            <numerusform>%Ln more photos are unlikely to match.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s)</source>
        <comment>labels of</comment>
        <translation>
            <numerusform>%Ln pair</numerusform>
            <numerusform>%Ln pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s) are withheld by the content rule.</source>
        <translation>
            <numerusform>%Ln pair is withheld by the content rule.</numerusform>
            <numerusform>%Ln pairs are withheld by the content rule.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s) have a picture that cannot be read.</source>
        <translation>
            <numerusform>%Ln pair has a picture that cannot be read.</numerusform>
            <numerusform>%Ln pairs have a picture that cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are missing</source>
        <translation>
            <numerusform>%Ln photo is missing</numerusform>
            <numerusform>%Ln photos are missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are missing. They are kept in case they come back: a photo that returns is not read again.</source>
        <translation>
            <numerusform>%Ln photo is missing. It is kept in case it comes back: a photo that returns is not read again.</numerusform>
            <numerusform>%Ln photos are missing. They are kept in case they come back: a photo that returns is not read again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are on a drive that is not connected; they are shown as last seen.</source>
        <translation>
            <numerusform>%Ln photo is on a drive that is not connected; it is shown as last seen.</numerusform>
            <numerusform>%Ln photos are on a drive that is not connected; they are shown as last seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) are withheld by the content rule.</source>
        <translation>
            <numerusform>%Ln photo is withheld by the content rule.</numerusform>
            <numerusform>%Ln photos are withheld by the content rule.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be copied; the first: {problem}</source>
        <translation>
            <numerusform>%Ln photo could not be copied; the first: {problem}</numerusform>
            <numerusform>%Ln photos could not be copied; the first: {problem}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) found</source>
        <translation>
            <numerusform>%Ln photo found</numerusform>
            <numerusform>%Ln photos found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <comment>labels of</comment>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not as rated ({names}); the ratings are kept for the pictures as they were.</source>
        <translation>
            <numerusform>%Ln picture is not as rated ({names}); the ratings are kept for the pictures as they were.</numerusform>
            <numerusform>%Ln pictures are not as rated ({names}); the ratings are kept for the pictures as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) could not be linked and were copied.</source>
        <translation>
            <numerusform>%Ln picture could not be linked and was copied.</numerusform>
            <numerusform>%Ln pictures could not be linked and were copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) in a format that dataset folders do not know (such as HEIC)</source>
        <comment>ratings of</comment>
        <translation>
            <numerusform>%Ln picture in a format that dataset folders do not know (such as HEIC)</numerusform>
            <numerusform>%Ln pictures in a format that dataset folders do not know (such as HEIC)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) that are missing</source>
        <comment>ratings of</comment>
        <translation>
            <numerusform>%Ln picture that is missing</numerusform>
            <numerusform>%Ln pictures that are missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) that were rated are not in the folder.</source>
        <translation>
            <numerusform>%Ln picture that was rated is not in the folder.</numerusform>
            <numerusform>%Ln pictures that were rated are not in the folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) of {pictures} are in ratings.csv alone.</source>
        <translation>
            <numerusform>%Ln rating of {pictures} is in ratings.csv alone.</numerusform>
            <numerusform>%Ln ratings of {pictures} are in ratings.csv alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) were here already.</source>
        <translation>
            <numerusform>%Ln rating was here already.</numerusform>
            <numerusform>%Ln ratings were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) were in more than one folder and are there once.</source>
        <translation>
            <numerusform>%Ln rating was in more than one folder and is there once.</numerusform>
            <numerusform>%Ln ratings were in more than one folder and are there once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rating(s) without a query are in ratings.csv alone.</source>
        <translation>
            <numerusform>%Ln rating without a query is in ratings.csv alone.</numerusform>
            <numerusform>%Ln ratings without a query are in ratings.csv alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>%Ln row is left out</numerusform>
            <numerusform>%Ln rows are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) of the folder&apos;s tables could not be used.</source>
        <translation>
            <numerusform>%Ln row of the folder&apos;s tables could not be used.</numerusform>
            <numerusform>%Ln rows of the folder&apos;s tables could not be used.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln test query(s)</source>
        <translation>
            <numerusform>%Ln test query</numerusform>
            <numerusform>%Ln test queries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unlikely</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln unlikely</numerusform>
            <numerusform>%Ln unlikely</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unlikely hidden</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln unlikely hidden</numerusform>
            <numerusform>%Ln unlikely hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Copy %Ln selected photo(s) to a folder…</source>
        <translation>
            <numerusform>&amp;Copy %Ln selected photo to a folder…</numerusform>
            <numerusform>&amp;Copy %Ln selected photos to a folder…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A dash stands where there are fewer than %Ln pair(s) in common, or no two values differ.</source>
        <translation>
            <numerusform>A dash stands where there are fewer than %Ln pair in common, or no two values differ.</numerusform>
            <numerusform>A dash stands where there are fewer than %Ln pairs in common, or no two values differ.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %Ln rating(s) to {folder}, with labels of {pairs} and {pictures}.</source>
        <translation>
            <numerusform>Exported %Ln rating to {folder}, with labels of {pairs} and {pictures}.</numerusform>
            <numerusform>Exported %Ln ratings to {folder}, with labels of {pairs} and {pictures}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln missing photo(s)?</source>
        <translation>
            <numerusform>Forget %Ln missing photo?</numerusform>
            <numerusform>Forget %Ln missing photos?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forgetting… %Ln photo(s) so far</source>
        <translation>
            <numerusform>Forgetting… %Ln photo so far</numerusform>
            <numerusform>Forgetting… %Ln photos so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported %Ln rating(s).</source>
        <translation>
            <numerusform>Imported %Ln rating.</numerusform>
            <numerusform>Imported %Ln ratings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking for photos… %Ln file(s) seen</source>
        <translation>
            <numerusform>Looking for photos… %Ln file seen</numerusform>
            <numerusform>Looking for photos… %Ln files seen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused · %Ln file(s) seen</source>
        <translation>
            <numerusform>Paused · %Ln file seen</numerusform>
            <numerusform>Paused · %Ln files seen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused · {done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>Paused · {done} of %Ln photo read</numerusform>
            <numerusform>Paused · {done} of %Ln photos read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Raters agree {how}: kappa {kappa}, with 95 % certainty between {low} and {high}, from %Ln pair(s) that two or more have rated.</source>
        <translation>
            <numerusform>Raters agree {how}: kappa {kappa}, with 95 % certainty between {low} and {high}, from %Ln pair that two or more have rated.</numerusform>
            <numerusform>Raters agree {how}: kappa {kappa}, with 95 % certainty between {low} and {high}, from %Ln pairs that two or more have rated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading was stopped after {done} of %Ln photo(s). Press F5 to go on.</source>
        <translation>
            <numerusform>Reading was stopped after {done} of %Ln photo. Press F5 to go on.</numerusform>
            <numerusform>Reading was stopped after {done} of %Ln photos. Press F5 to go on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln selected photo(s) as &amp;table…</source>
        <translation>
            <numerusform>Save %Ln selected photo as &amp;table…</numerusform>
            <numerusform>Save %Ln selected photos as &amp;table…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %Ln selected photo(s) as contact &amp;sheet…</source>
        <translation>
            <numerusform>Save %Ln selected photo as contact &amp;sheet…</numerusform>
            <numerusform>Save %Ln selected photos as contact &amp;sheet…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searching… {done} of %Ln photo(s) are ready for this model</source>
        <translation>
            <numerusform>Searching… {done} of %Ln photo are ready for this model</numerusform>
            <numerusform>Searching… {done} of %Ln photos are ready for this model</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln path(s) were copied; a table can hold all.</source>
        <translation>
            <numerusform>The first %Ln path was copied; a table can hold all.</numerusform>
            <numerusform>The first %Ln paths were copied; a table can hold all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {count} of %Ln photo(s) are put before you.</source>
        <translation>
            <numerusform>The first {count} of %Ln photo are put before you.</numerusform>
            <numerusform>The first {count} of %Ln photos are put before you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The library was begun anew, with %Ln rating(s); the old one is {file}.</source>
        <translation>
            <numerusform>The library was begun anew, with %Ln rating; the old one is {file}.</numerusform>
            <numerusform>The library was begun anew, with %Ln ratings; the old one is {file}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The matcher saw %Ln of these images in training: the figures flatter it.</source>
        <translation>
            <numerusform>The matcher saw %Ln of these images in training: the figures flatter it.</numerusform>
            <numerusform>The matcher saw %Ln of these images in training: the figures flatter it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same picture is in %Ln other file(s):</source>
        <translation>
            <numerusform>The same picture is in %Ln other file:</numerusform>
            <numerusform>The same picture is in %Ln other files:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>over %Ln query(s) so far</source>
        <translation>
            <numerusform>over %Ln query so far</numerusform>
            <numerusform>over %Ln queries so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) looked at for their dates</source>
        <translation>
            <numerusform>{done} of %Ln photo looked at for its date</numerusform>
            <numerusform>{done} of %Ln photos looked at for their dates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) made ready for searching</source>
        <translation>
            <numerusform>{done} of %Ln photo made ready for searching</numerusform>
            <numerusform>{done} of %Ln photos made ready for searching</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) read</source>
        <translation>
            <numerusform>{done} of %Ln photo read</numerusform>
            <numerusform>{done} of %Ln photos read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{errors} after %Ln measurement(s)</source>
        <translation>
            <numerusform>{errors} after %Ln measurement</numerusform>
            <numerusform>{errors} after %Ln measurements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{queries}, on %Ln image(s)</source>
        <translation>
            <numerusform>{queries}, on %Ln image</numerusform>
            <numerusform>{queries}, on %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <comment>rows</comment>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>
