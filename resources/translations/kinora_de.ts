<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AboutSheet</name>
        <message>
            <source>About Kinora</source>
            <translation>Über Kinora</translation>
        </message>
        <message>
            <source>A studio for AI video that you own. Everything runs on this computer; nothing is sent anywhere. Kinora is under the Apache License 2.0 and stands on these projects, whose whole texts come with each of them:</source>
            <translation>Ein Studio für KI-Video, das Ihnen gehört. Alles läuft auf diesem Computer; nichts wird versendet. Kinora steht unter der Apache-Lizenz 2.0 und baut auf diesen Projekten auf, deren vollständige Lizenztexte ihnen beiliegen:</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Show the log</source>
            <translation>Protokoll zeigen</translation>
        </message>
        <message>
            <source>A file on this computer; it holds no prompts</source>
            <translation>Eine Datei auf diesem Computer; sie enthält keine Prompts</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Diagnose kopieren</translation>
        </message>
        <message>
            <source>Version, system and the end of the log to the clipboard; nothing is sent anywhere</source>
            <translation>Version, System und das Ende des Protokolls in die Zwischenablage; nichts wird versendet</translation>
        </message>
    </context>
    <context>
        <name>BackupsSheet</name>
        <message>
            <source>Earlier versions</source>
            <translation>Frühere Fassungen</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>Fassungen</translation>
        </message>
        <message>
            <source>Go back to this version</source>
            <translation>Zu dieser Fassung zurückkehren</translation>
        </message>
        <message>
            <source>There is no earlier version yet: the first is kept at the next save.</source>
            <translation>Es gibt noch keine frühere Fassung: Die erste entsteht beim nächsten Speichern.</translation>
        </message>
        <message>
            <source>The last five saves, then one for each hour, then one for each day. Going back can be undone, and takes that were made since then stay.</source>
            <translation>Die letzten fünf Stände, danach einer pro Stunde, dann einer pro Tag. Das Zurückkehren lässt sich widerrufen, und seither entstandene Takes bleiben erhalten.</translation>
        </message>
    </context>
    <context>
        <name>CastPage</name>
        <message>
            <source>Variables</source>
            <translation>Variablen</translation>
        </message>
        <message>
            <source>Give a character, a place or a style a name once, and write $name in every shot. Change it here, and all shots follow.</source>
            <translation>Geben Sie einer Figur, einem Ort oder einem Stil einmal einen Namen und schreiben Sie in jedem Shot $name. Wird er hier geändert, folgen alle Shots.</translation>
        </message>
        <message>
            <source>Add a variable</source>
            <translation>Variable hinzufügen</translation>
        </message>
        <message>
            <source>Wildcards</source>
            <translation>Platzhalter</translation>
        </message>
        <message>
            <source>Open the wildcards folder</source>
            <translation>Ordner der Platzhalter öffnen</translation>
        </message>
        <message>
            <source>Back to the shot</source>
            <translation>Zurück zum Shot</translation>
        </message>
        <message>
            <source>Cast and style</source>
            <translation>Besetzung und Stil</translation>
        </message>
        <message>
            <source>Shared by all shots of the film</source>
            <translation>Gilt für alle Shots des Films</translation>
        </message>
        <message>
            <source>In every shot</source>
            <translation>In jedem Shot</translation>
        </message>
        <message>
            <source>Project-wide prompt</source>
            <translation>Projektweiter Prompt</translation>
        </message>
        <message>
            <source>Added to every prompt: 35 mm film, soft light</source>
            <translation>Kommt zu jedem Prompt hinzu: 35-mm-Film, weiches Licht</translation>
        </message>
        <message>
            <source>Project-wide negative prompt</source>
            <translation>Projektweiter negativer Prompt</translation>
        </message>
        <message>
            <source>Left out of every shot: text, captions</source>
            <translation>In jedem Shot auszulassen: Text, Untertitel</translation>
        </message>
        <message numerus="yes">
            <source>__%1__ · %n choice(s)</source>
            <translation>
                <numerusform>__%1__ · %n Möglichkeit</numerusform>
                <numerusform>__%1__ · %n Möglichkeiten</numerusform>
            </translation>
        </message>
        <message>
            <source>A text file place.txt with one choice a line becomes __place__ in every prompt.</source>
            <translation>Eine Textdatei place.txt mit einer Möglichkeit pro Zeile wird in jedem Prompt zu __place__.</translation>
        </message>
    </context>
    <context>
        <name>CastRow</name>
        <message>
            <source>Name of the variable $%1</source>
            <translation>Name der Variablen $%1</translation>
        </message>
        <message>
            <source>What $%1 stands for</source>
            <translation>Wofür $%1 steht</translation>
        </message>
        <message>
            <source>What it stands for: a small red fox with a blue scarf</source>
            <translation>Wofür der Name steht: ein kleiner roter Fuchs mit blauem Schal</translation>
        </message>
        <message>
            <source>Remove $%1</source>
            <translation>$%1 entfernen</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>nicht verwendet</translation>
        </message>
        <message numerus="yes">
            <source>in %n shot(s)</source>
            <translation>
                <numerusform>in %n Shot</numerusform>
                <numerusform>in %n Shots</numerusform>
            </translation>
        </message>
        <message>
            <source>A name is letters, digits and single “_”, and begins with a letter.</source>
            <translation>Ein Name besteht aus Buchstaben, Ziffern und einzelnen „_“ und beginnt mit einem Buchstaben.</translation>
        </message>
    </context>
    <context>
        <name>CleanUpSheet</name>
        <message>
            <source>Takes that are neither starred nor chosen</source>
            <translation>Takes, die weder einen Stern haben noch ausgewählt sind</translation>
        </message>
        <message>
            <source>Only the latents of such takes; they stay, but can't be decoded again</source>
            <translation>Nur die Latents solcher Takes; sie bleiben, lassen sich aber nicht erneut dekodieren</translation>
        </message>
        <message>
            <source>Takes that no shot lists any more</source>
            <translation>Takes, die kein Shot mehr aufführt</translation>
        </message>
        <message>
            <source>Imported files that nothing uses</source>
            <translation>Importierte Dateien, die niemand verwendet</translation>
        </message>
        <message>
            <source>What interrupted saves and imports left behind</source>
            <translation>Was abgebrochenes Speichern und Importieren zurückließ</translation>
        </message>
        <message>
            <source>take</source>
            <translation>Take</translation>
        </message>
        <message>
            <source>latents</source>
            <translation>Latents</translation>
        </message>
        <message>
            <source>unlisted</source>
            <translation>nicht aufgeführt</translation>
        </message>
        <message>
            <source>imported</source>
            <translation>importiert</translation>
        </message>
        <message>
            <source>left over</source>
            <translation>Rest</translation>
        </message>
        <message>
            <source>Disk use and clean-up</source>
            <translation>Speicherplatz und Aufräumen</translation>
        </message>
        <message>
            <source>What could go</source>
            <translation>Was weg könnte</translation>
        </message>
        <message>
            <source>What goes</source>
            <translation>Was wegfällt</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Wird gemessen …</translation>
        </message>
        <message>
            <source>This project takes %1.</source>
            <translation>Dieses Projekt belegt %1.</translation>
        </message>
        <message>
            <source>%1 – none</source>
            <translation>%1 – nichts</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove 1 item, free %1</source>
            <translation>1 Eintrag entfernen, %1 freigeben</translation>
        </message>
        <message>
            <source>Remove %1 items, free %2</source>
            <translation>%1 Einträge entfernen, %2 freigeben</translation>
        </message>
        <message>
            <source>Starred and chosen takes are never touched. What is removed can't be brought back.</source>
            <translation>Takes mit Stern und ausgewählte Takes werden nie angerührt. Was entfernt ist, lässt sich nicht zurückholen.</translation>
        </message>
        <message>
            <source>%1 – 1 item, %2</source>
            <translation>%1 – 1 Eintrag, %2</translation>
        </message>
        <message>
            <source>%1 – %2 items, %3</source>
            <translation>%1 – %2 Einträge, %3</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Command palette</source>
            <translation>Befehlspalette</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>Was möchten Sie tun?</translation>
        </message>
        <message>
            <source>Find an action</source>
            <translation>Einen Befehl suchen</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>No action is called “%1”.</source>
            <translation>Kein Befehl heißt „%1“.</translation>
        </message>
    </context>
    <context>
        <name>CompletionPopup</name>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
        <message>
            <source>Tab</source>
            <translation>Tab</translation>
        </message>
        <message>
            <source>%1 · Tab</source>
            <translation>%1 · Tab</translation>
        </message>
    </context>
    <context>
        <name>Core</name>
        <message>
            <source>This } closes nothing; remove it or write \} for the character.</source>
            <translation>Diese } schließt nichts; entfernen Sie sie oder schreiben Sie \} für das Zeichen.</translation>
        </message>
        <message>
            <source>A | stands between alternatives: {dawn|dusk}; write \| for the character.</source>
            <translation>Ein | steht zwischen Alternativen: {dawn|dusk}; schreiben Sie \| für das Zeichen.</translation>
        </message>
        <message>
            <source>A weight is a number from 0 to 4 with a point, like (word:1.3).</source>
            <translation>Ein Gewicht ist eine Zahl von 0 bis 4 mit Dezimalpunkt, etwa (word:1.3).</translation>
        </message>
        <message>
            <source>This { is never closed; add a } or write \{ for the character.</source>
            <translation>Diese { wird nie geschlossen; ergänzen Sie eine } oder schreiben Sie \{ für das Zeichen.</translation>
        </message>
        <message>
            <source>A time range reads like [0-2s], [24-48f] or [2s-end].</source>
            <translation>Ein Zeitbereich sieht so aus: [0-2s], [24-48f] oder [2s-end].</translation>
        </message>
        <message>
            <source>A time range can't stand inside brackets.</source>
            <translation>Ein Zeitbereich kann nicht innerhalb von Klammern stehen.</translation>
        </message>
        <message>
            <source>Brackets are nested too deeply here; 32 levels are possible.</source>
            <translation>Hier sind Klammern zu tief verschachtelt; möglich sind 32 Ebenen.</translation>
        </message>
        <message>
            <source>This time range is empty; its end has to lie after its start.</source>
            <translation>Dieser Zeitbereich ist leer; sein Ende muss nach seinem Anfang liegen.</translation>
        </message>
        <message>
            <source>This time range starts after the clip's end; make the clip longer or the time smaller.</source>
            <translation>Dieser Zeitbereich beginnt nach dem Ende des Clips; verlängern Sie den Clip oder wählen Sie eine frühere Zeit.</translation>
        </message>
        <message>
            <source>This time range overlaps an earlier one.</source>
            <translation>Dieser Zeitbereich überschneidet sich mit einem früheren.</translation>
        </message>
        <message>
            <source>Weights have no effect here; the words are used without them.</source>
            <translation>Gewichte wirken hier nicht; die Wörter werden ohne sie verwendet.</translation>
        </message>
        <message>
            <source>Time ranges have no effect here; the words hold for the whole clip.</source>
            <translation>Zeitbereiche wirken hier nicht; die Wörter gelten für den ganzen Clip.</translation>
        </message>
        <message>
            <source>The prompt grows beyond 64 kB here; shorten its variables or wildcards.</source>
            <translation>Hier wächst der Prompt über 64 kB hinaus; kürzen Sie seine Variablen oder Platzhalter.</translation>
        </message>
        <message>
            <source>%1 contains itself.</source>
            <translation>%1 enthält sich selbst.</translation>
        </message>
        <message>
            <source>%1 leads through too many other names.</source>
            <translation>%1 führt über zu viele andere Namen.</translation>
        </message>
        <message>
            <source>%1 is not among the project's variables; add it there or write \$.</source>
            <translation>%1 gehört nicht zu den Variablen des Projekts; legen Sie sie dort an oder schreiben Sie \$.</translation>
        </message>
        <message>
            <source>%1 is not among your wildcard files.</source>
            <translation>%1 gehört nicht zu Ihren Platzhalterdateien.</translation>
        </message>
        <message>
            <source>%1 holds a time range; those stand in the prompt itself.</source>
            <translation>%1 enthält einen Zeitbereich; solche stehen im Prompt selbst.</translation>
        </message>
        <message>
            <source>In the negative prompt: %1</source>
            <translation>Im negativen Prompt: %1</translation>
        </message>
        <message>
            <source>In %1: %2</source>
            <translation>In %1: %2</translation>
        </message>
        <message>
            <source>The project-wide prompt</source>
            <translation>Der projektweite Prompt</translation>
        </message>
        <message>
            <source>The prompt can't be used: %1</source>
            <translation>Der Prompt ist nicht verwendbar: %1</translation>
        </message>
        <message>
            <source>The wildcard file %1 can't be named in a prompt; a name is letters, digits and single "_" and begins with a letter.</source>
            <translation>Die Platzhalterdatei %1 lässt sich in keinem Prompt nennen; ein Name besteht aus Buchstaben, Ziffern und einzelnen „_“ und beginnt mit einem Buchstaben.</translation>
        </message>
        <message>
            <source>The wildcard file %1 is not UTF-8 text; save it as UTF-8.</source>
            <translation>Die Platzhalterdatei %1 ist kein UTF-8-Text; speichern Sie sie als UTF-8.</translation>
        </message>
        <message>
            <source>The wildcard file %1 has no lines to choose from.</source>
            <translation>Die Platzhalterdatei %1 enthält keine Zeilen zur Auswahl.</translation>
        </message>
        <message>
            <source>The wildcard file %1 is longer than 10,000 lines; the first ones are used.</source>
            <translation>Die Platzhalterdatei %1 hat mehr als 10 000 Zeilen; verwendet werden die ersten.</translation>
        </message>
        <message>
            <source>A variable's name is letters, digits and single "_" and begins with a letter, like $hero.</source>
            <translation>Der Name einer Variablen besteht aus Buchstaben, Ziffern und einzelnen „_“ und beginnt mit einem Buchstaben, etwa $hero.</translation>
        </message>
        <message>
            <source>There is a variable %1 already.</source>
            <translation>Die Variable %1 gibt es schon.</translation>
        </message>
        <message>
            <source>There is no variable %1.</source>
            <translation>Die Variable %1 gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no shot yet: add one first.</source>
            <translation>Es gibt noch keinen Shot: Fügen Sie zuerst einen hinzu.</translation>
        </message>
        <message>
            <source>The prompt is empty: describe what the shot shows.</source>
            <translation>Der Prompt ist leer: Beschreiben Sie, was der Shot zeigt.</translation>
        </message>
        <message>
            <source>The shot before has no take yet: generate it first.</source>
            <translation>Der vorige Shot hat noch keinen Take: Generieren Sie ihn zuerst.</translation>
        </message>
        <message>
            <source>This take was imported and has no settings.</source>
            <translation>Dieser Take wurde importiert und hat keine Einstellungen.</translation>
        </message>
        <message>
            <source>No backup could be written to %1: %2.</source>
            <translation>Nach %1 ließ sich keine Sicherung schreiben: %2.</translation>
        </message>
        <message>
            <source>%1 is there already; choose another name for the copy.</source>
            <translation>%1 gibt es schon; wählen Sie einen anderen Namen für die Kopie.</translation>
        </message>
        <message>
            <source>The folder %1 can't be searched: %2.</source>
            <translation>Der Ordner %1 lässt sich nicht durchsuchen: %2.</translation>
        </message>
        <message>
            <source>The search was cancelled.</source>
            <translation>Die Suche wurde abgebrochen.</translation>
        </message>
        <message>
            <source>"%1" is of another kind than "%2".</source>
            <translation>„%1“ ist von anderer Art als „%2“.</translation>
        </message>
        <message>
            <source>"%1" is shorter than what the storyboard uses of "%2".</source>
            <translation>„%1“ ist kürzer als das, was das Storyboard von „%2“ verwendet.</translation>
        </message>
        <message>
            <source>No clip can be restored: %1</source>
            <translation>Es lässt sich kein Clip wiederherstellen: %1</translation>
        </message>
        <message>
            <source>Nothing can be added: %1</source>
            <translation>Es lässt sich nichts hinzufügen: %1</translation>
        </message>
        <message>
            <source>There is no file %1.</source>
            <translation>Die Datei %1 gibt es nicht.</translation>
        </message>
        <message>
            <source>A shot needs at least one frame.</source>
            <translation>Ein Shot braucht mindestens ein Bild.</translation>
        </message>
        <message>
            <source>A gap has nothing to set; put a shot in its place.</source>
            <translation>Eine Lücke hat nichts einzustellen; setzen Sie einen Shot an ihre Stelle.</translation>
        </message>
        <message>
            <source>The project can't be saved here: %1</source>
            <translation>Das Projekt lässt sich hier nicht speichern: %1</translation>
        </message>
        <message>
            <source>The project names a file outside its folder: %1.</source>
            <translation>Das Projekt nennt eine Datei außerhalb seines Ordners: %1.</translation>
        </message>
        <message>
            <source>No take can be added: %1</source>
            <translation>Es lässt sich kein Take hinzufügen: %1</translation>
        </message>
        <message>
            <source>The folder %1 isn't empty; choose another name for the project.</source>
            <translation>Der Ordner %1 ist nicht leer; wählen Sie einen anderen Namen für das Projekt.</translation>
        </message>
        <message>
            <source>There is no project in %1: project.json is missing.</source>
            <translation>In %1 liegt kein Projekt: project.json fehlt.</translation>
        </message>
        <message>
            <source>The project can't be used: %1.</source>
            <translation>Das Projekt ist nicht verwendbar: %1.</translation>
        </message>
        <message>
            <source>Nothing can be removed: %1</source>
            <translation>Es lässt sich nichts entfernen: %1</translation>
        </message>
        <message>
            <source>%1 can't be removed: %2.</source>
            <translation>%1 lässt sich nicht entfernen: %2.</translation>
        </message>
        <message>
            <source>A gap can't begin or end inside a transition; remove that first.</source>
            <translation>Eine Lücke kann nicht in einem Übergang beginnen oder enden; entfernen Sie ihn zuerst.</translation>
        </message>
        <message>
            <source>A gap can't begin inside a transition; remove that first.</source>
            <translation>Eine Lücke kann nicht in einem Übergang beginnen; entfernen Sie ihn zuerst.</translation>
        </message>
        <message>
            <source>A gap needs at least one frame.</source>
            <translation>Eine Lücke braucht mindestens ein Bild.</translation>
        </message>
        <message>
            <source>There is nothing in that range.</source>
            <translation>In diesem Bereich liegt nichts.</translation>
        </message>
        <message>
            <source>Only gaps and still pictures take any length; trim this shot instead.</source>
            <translation>Nur Lücken und Standbilder nehmen jede Länge an; trimmen Sie diesen Shot stattdessen.</translation>
        </message>
        <message>
            <source>The first shot has nothing to come from; put a gap before it.</source>
            <translation>Vor dem ersten Shot liegt nichts; setzen Sie eine Lücke davor.</translation>
        </message>
        <message>
            <source>The shots at this cut are too short for a transition.</source>
            <translation>Die Shots an diesem Schnitt sind zu kurz für einen Übergang.</translation>
        </message>
        <message>
            <source>The file is used on the storyboard; remove it there first.</source>
            <translation>Die Datei wird auf dem Storyboard verwendet; entfernen Sie sie dort zuerst.</translation>
        </message>
        <message>
            <source>The last shot has no cut after it to roll.</source>
            <translation>Hinter dem letzten Shot liegt kein Schnitt zum Rollen.</translation>
        </message>
        <message>
            <source>"%1" has no sound there.</source>
            <translation>„%1“ hat dort keinen Ton.</translation>
        </message>
        <message>
            <source>Sound can't lie before the start.</source>
            <translation>Ton kann nicht vor dem Anfang liegen.</translation>
        </message>
        <message>
            <source>The playhead isn't inside the sound clip; move it there to split.</source>
            <translation>Die Abspielposition liegt nicht im Tonclip; bewegen Sie sie zum Teilen dorthin.</translation>
        </message>
        <message>
            <source>There are no shots on the clipboard.</source>
            <translation>In der Zwischenablage sind keine Shots.</translation>
        </message>
        <message>
            <source>What is on the clipboard can't be used: %1</source>
            <translation>Der Inhalt der Zwischenablage ist nicht verwendbar: %1</translation>
        </message>
        <message>
            <source>Nothing is selected that could be copied.</source>
            <translation>Es ist nichts gewählt, das sich kopieren ließe.</translation>
        </message>
        <message>
            <source>Nothing can be pasted here: %1</source>
            <translation>Hier lässt sich nichts einfügen: %1</translation>
        </message>
        <message>
            <source>A marker can't lie before the start.</source>
            <translation>Ein Marker kann nicht vor dem Anfang liegen.</translation>
        </message>
        <message>
            <source>There is no shot under the playhead.</source>
            <translation>An der Abspielposition liegt kein Shot.</translation>
        </message>
        <message>
            <source>The shot shows a file that isn't in the project; import it first.</source>
            <translation>Der Shot zeigt eine Datei, die nicht im Projekt ist; importieren Sie sie zuerst.</translation>
        </message>
        <message>
            <source>The playhead is at the start of the shot; move it inside to split.</source>
            <translation>Die Abspielposition steht am Anfang des Shots; bewegen Sie sie zum Teilen hinein.</translation>
        </message>
        <message>
            <source>The playhead is at the start of the shot; nothing would be left of it.</source>
            <translation>Die Abspielposition steht am Anfang des Shots; es bliebe nichts von ihm übrig.</translation>
        </message>
        <message>
            <source>The playhead is inside a transition; move it out, or remove the transition, to split.</source>
            <translation>Die Abspielposition steht in einem Übergang; bewegen Sie sie hinaus oder entfernen Sie den Übergang, um zu teilen.</translation>
        </message>
        <message>
            <source>%1 was written by a newer Kinora.</source>
            <translation>%1 stammt von einem neueren Kinora.</translation>
        </message>
        <message>
            <source>There was not enough memory; try a smaller size or fewer frames.</source>
            <translation>Der Speicher reichte nicht; versuchen Sie eine kleinere Größe oder weniger Bilder.</translation>
        </message>
        <message>
            <source>The job failed: %1</source>
            <translation>Der Auftrag ist fehlgeschlagen: %1</translation>
        </message>
        <message>
            <source>The job ended without a result.</source>
            <translation>Der Auftrag endete ohne Ergebnis.</translation>
        </message>
        <message>
            <source>The clip has no such frames.</source>
            <translation>Der Clip hat diese Bilder nicht.</translation>
        </message>
        <message>
            <source>Several files can't have one name: name a folder, or export the shots as one file.</source>
            <translation>Mehrere Dateien können nicht einen Namen haben: Nennen Sie einen Ordner oder exportieren Sie die Shots als eine Datei.</translation>
        </message>
        <message>
            <source>The storyboard has no frames to export, or too many.</source>
            <translation>Das Storyboard hat keine Bilder zum Exportieren oder zu viele.</translation>
        </message>
        <message>
            <source>Frames %1 to %2 can't be exported: the clip has %3.</source>
            <translation>Die Bilder %1 bis %2 lassen sich nicht exportieren: Der Clip hat %3.</translation>
        </message>
        <message>
            <source>%1 holds no pictures.</source>
            <translation>%1 enthält keine Bilder.</translation>
        </message>
        <message>
            <source>%1 carries no recipe of Kinora's.</source>
            <translation>%1 trägt kein Rezept von Kinora.</translation>
        </message>
        <message>
            <source>The export to %1 was cancelled.</source>
            <translation>Der Export nach %1 wurde abgebrochen.</translation>
        </message>
        <message>
            <source>The export was cancelled.</source>
            <translation>Der Export wurde abgebrochen.</translation>
        </message>
        <message>
            <source>There is no clip to export.</source>
            <translation>Es gibt keinen Clip zum Exportieren.</translation>
        </message>
        <message>
            <source>The range to export has no frames.</source>
            <translation>Der Exportbereich hat keine Bilder.</translation>
        </message>
        <message>
            <source>No take of this export can be read.</source>
            <translation>Kein Take dieses Exports lässt sich lesen.</translation>
        </message>
        <message>
            <source>There is nothing installed that makes frames between frames; blend or repeat them instead.</source>
            <translation>Es ist nichts installiert, das Zwischenbilder erzeugt; überblenden oder wiederholen Sie Bilder stattdessen.</translation>
        </message>
        <message>
            <source>%1 is a folder, not a picture.</source>
            <translation>%1 ist ein Ordner, kein Bild.</translation>
        </message>
        <message>
            <source>%1 is damaged or no picture that Kinora can read.</source>
            <translation>%1 ist beschädigt oder kein Bild, das Kinora lesen kann.</translation>
        </message>
        <message>
            <source>%1 can't be written: %2</source>
            <translation>%1 lässt sich nicht schreiben: %2</translation>
        </message>
        <message>
            <source>%1 can't be read: %2</source>
            <translation>%1 lässt sich nicht lesen: %2</translation>
        </message>
        <message>
            <source>%1 is a folder, not a media file.</source>
            <translation>%1 ist ein Ordner, keine Mediendatei.</translation>
        </message>
        <message>
            <source>%1 has no pictures in it.</source>
            <translation>%1 enthält keine Bilder.</translation>
        </message>
        <message>
            <source>%1 has no sound in it.</source>
            <translation>%1 enthält keinen Ton.</translation>
        </message>
        <message>
            <source>%1 is damaged: no frame of it can be read.</source>
            <translation>%1 ist beschädigt: Kein Bild davon lässt sich lesen.</translation>
        </message>
        <message>
            <source>%1 is damaged: no sound of it can be read.</source>
            <translation>%1 ist beschädigt: Kein Ton davon lässt sich lesen.</translation>
        </message>
        <message>
            <source>%1 exists already. Choose another name or allow it to be replaced.</source>
            <translation>%1 gibt es schon. Wählen Sie einen anderen Namen oder erlauben Sie das Ersetzen.</translation>
        </message>
        <message>
            <source>%1 is a folder; a file name is needed.</source>
            <translation>%1 ist ein Ordner; nötig ist ein Dateiname.</translation>
        </message>
        <message>
            <source>There is not enough room for %1: about %2 are needed, %3 are free. Free some space or choose another folder.</source>
            <translation>Für %1 reicht der Platz nicht: Nötig sind etwa %2, frei sind %3. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>%1there is no such file or folder.</source>
            <translation>%1Diese Datei oder diesen Ordner gibt es nicht.</translation>
        </message>
        <message>
            <source>%1the disk is full. Free some space or choose another folder.</source>
            <translation>%1Die Platte ist voll. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>%1there is not enough memory.</source>
            <translation>%1Der Speicher reicht nicht.</translation>
        </message>
        <message>
            <source>%1it is damaged, incomplete or no media file.</source>
            <translation>%1Die Datei ist beschädigt, unvollständig oder keine Mediendatei.</translation>
        </message>
        <message>
            <source>There is not enough memory to show %1.</source>
            <translation>Der Speicher reicht nicht, um %1 zu zeigen.</translation>
        </message>
        <message>
            <source>%1 was written but didn't read back right: %2.</source>
            <translation>%1 wurde geschrieben, ließ sich aber nicht richtig zurücklesen: %2.</translation>
        </message>
        <message>
            <source>The import was cancelled.</source>
            <translation>Der Import wurde abgebrochen.</translation>
        </message>
        <message>
            <source>Writing %1 was cancelled.</source>
            <translation>Das Schreiben von %1 wurde abgebrochen.</translation>
        </message>
        <message>
            <source>%1 holds other things than a picture sequence and is left alone. Choose another name.</source>
            <translation>%1 enthält anderes als eine Bildfolge und bleibt unberührt. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>%1 is open in another Kinora%2</source>
            <translation>%1 ist in einem anderen Kinora geöffnet%2</translation>
        </message>
        <message>
            <source>There is no folder %1.</source>
            <translation>Den Ordner %1 gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no file or folder %1.</source>
            <translation>Die Datei oder den Ordner %1 gibt es nicht.</translation>
        </message>
        <message>
            <source>The model %1 isn't complete. %2</source>
            <translation>Das Modell %1 ist nicht vollständig. %2</translation>
        </message>
        <message>
            <source>%1 is not a model: model_index.json is missing. Name the folder that holds this file.</source>
            <translation>%1 ist kein Modell: model_index.json fehlt. Nennen Sie den Ordner, der diese Datei enthält.</translation>
        </message>
        <message>
            <source>%1 has no weights: a .safetensors (or .gguf) file is missing.</source>
            <translation>%1 hat keine Gewichte: Eine .safetensors- oder .gguf-Datei fehlt.</translation>
        </message>
        <message>
            <source>There is no model %1; %2.</source>
            <translation>Das Modell %1 gibt es nicht; %2.</translation>
        </message>
        <message>
            <source>%1 can't be fetched: %2.</source>
            <translation>%1 lässt sich nicht laden: %2.</translation>
        </message>
        <message>
            <source>The storyboard is empty; add a shot before handing it to an editing suite.</source>
            <translation>Das Storyboard ist leer; fügen Sie einen Shot hinzu, bevor es an ein Schnittprogramm geht.</translation>
        </message>
        <message>
            <source>The shot behind has no take yet: generate it first.</source>
            <translation>Der nächste Shot hat noch keinen Take: Generieren Sie ihn zuerst.</translation>
        </message>
        <message>
            <source>%1 doesn't tell how it was made; only clips and pictures that Kinora wrote do.</source>
            <translation>%1 sagt nicht, wie es entstand; das tun nur Clips und Bilder von Kinora.</translation>
        </message>
        <message>
            <source>The picture couldn't be written as PNG.</source>
            <translation>Das Bild ließ sich nicht als PNG schreiben.</translation>
        </message>
        <message>
            <source>%1 has no pictures and no sound that can be read.</source>
            <translation>%1 hat weder Bilder noch Ton, die sich lesen ließen.</translation>
        </message>
        <message>
            <source>%1 can't be opened: %2</source>
            <translation>%1 lässt sich nicht öffnen: %2</translation>
        </message>
        <message>
            <source>The export's description is damaged; export again.</source>
            <translation>Die Beschreibung des Exports ist beschädigt; exportieren Sie erneut.</translation>
        </message>
        <message>
            <source>The job's description is damaged; generate the shot again.</source>
            <translation>Die Beschreibung des Auftrags ist beschädigt; generieren Sie den Shot erneut.</translation>
        </message>
        <message>
            <source>There is no picture here that could be saved.</source>
            <translation>Hier ist kein Bild, das sich speichern ließe.</translation>
        </message>
        <message>
            <source>%1 couldn't be written; is its folder writable?</source>
            <translation>%1 ließ sich nicht schreiben; ist sein Ordner beschreibbar?</translation>
        </message>
        <message>
            <source>No graphics card was found, so Kinora works on the processor.</source>
            <translation>Es wurde keine Grafikkarte gefunden, deshalb rechnet Kinora auf dem Prozessor.</translation>
        </message>
        <message>
            <source>%1 can't be used yet, only NVIDIA's cards can; Kinora works on the processor.</source>
            <translation>%1 kann noch nicht benutzt werden, nur Karten von NVIDIA; Kinora rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>There is an NVIDIA card, but its driver doesn't answer: install NVIDIA's driver 580 or newer first.</source>
            <translation>Es gibt eine Karte von NVIDIA, aber ihr Treiber antwortet nicht: installieren Sie zuerst NVIDIAs Treiber 580 oder neuer.</translation>
        </message>
        <message>
            <source>%1 with driver %2 can run %3 (%4).</source>
            <translation>%1 mit Treiber %2 kann mit %3 rechnen (%4).</translation>
        </message>
        <message>
            <source>%1 with driver %2 can run %3.</source>
            <translation>%1 mit Treiber %2 kann mit %3 rechnen.</translation>
        </message>
        <message>
            <source>%1 needs driver %2 or newer, this is %3; Kinora works on the processor.</source>
            <translation>%1 braucht Treiber %2 oder neuer, dies ist %3; Kinora rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>%1 needs compute capability %2 or newer, %3 has %4; Kinora works on the processor.</source>
            <translation>%1 braucht Compute Capability %2 oder neuer, %3 hat %4; Kinora rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>%1 needs a card of NVIDIA's.</source>
            <translation>%1 braucht eine Karte von NVIDIA.</translation>
        </message>
        <message>
            <source>%1 needs NVIDIA's driver %2 or newer.</source>
            <translation>%1 braucht NVIDIAs Treiber %2 oder neuer.</translation>
        </message>
        <message>
            <source>%1 needs driver %2 or newer, this is %3.</source>
            <translation>%1 braucht Treiber %2 oder neuer, dies ist %3.</translation>
        </message>
        <message>
            <source>%1 needs compute capability %2 or newer, %3 has %4.</source>
            <translation>%1 braucht Compute Capability %2 oder neuer, %3 hat %4.</translation>
        </message>
        <message>
            <source>The GPU runtime is fetched by pip's own client: install Python with pip (python3-pip on Debian).</source>
            <translation>Die GPU-Laufzeit wird über pips eigenen Client geholt: installieren Sie Python mit pip (unter Debian python3-pip).</translation>
        </message>
        <message>
            <source>pip can't find %1 for this machine: %2.</source>
            <translation>pip findet %1 für diesen Rechner nicht: %2.</translation>
        </message>
        <message>
            <source>%1 takes about %2 GB while it is installed, and %3 has %4 GB left.</source>
            <translation>%1 braucht bei der Installation etwa %2 GB, und auf %3 sind noch %4 GB frei.</translation>
        </message>
        <message>
            <source>The runtime %1 isn't installed.</source>
            <translation>Die Laufzeit %1 ist nicht installiert.</translation>
        </message>
        <message>
            <source>The GPU runtime %1 loads, but sees no card: %2</source>
            <translation>Die GPU-Laufzeit %1 lässt sich laden, sieht aber keine Karte: %2</translation>
        </message>
        <message>
            <source>The GPU runtime %1 can't be loaded (%2); Kinora works on the processor. "kinora-cli runtime install %3" installs it again.</source>
            <translation>Die GPU-Laufzeit %1 lässt sich nicht laden (%2); Kinora rechnet auf dem Prozessor. „kinora-cli runtime install %3“ installiert sie neu.</translation>
        </message>
        <message>
            <source>The GPU runtime %1 can't be loaded; Kinora works on the processor. "kinora-cli runtime install %2" installs it again.</source>
            <translation>Die GPU-Laufzeit %1 lässt sich nicht laden; Kinora rechnet auf dem Prozessor. „kinora-cli runtime install %2“ installiert sie neu.</translation>
        </message>
    </context>
    <context>
        <name>DiskBar</name>
        <message>
            <source>Disk use</source>
            <translation>Speicherplatz</translation>
        </message>
        <message>
            <source>%1 in all</source>
            <translation>%1 insgesamt</translation>
        </message>
        <message>
            <source>Clips</source>
            <translation>Clips</translation>
        </message>
        <message>
            <source>Latents</source>
            <translation>Latents</translation>
        </message>
        <message>
            <source>Imported media</source>
            <translation>Importierte Medien</translation>
        </message>
        <message>
            <source>Exports</source>
            <translation>Exporte</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>Sicherungen</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Anderes</translation>
        </message>
    </context>
    <context>
        <name>DiskCleaner</name>
        <message>
            <source>Shot %1 · Take %2</source>
            <translation>Shot %1 · Take %2</translation>
        </message>
        <message>
            <source>A take that no shot lists (%1)</source>
            <translation>Ein Take, den kein Shot aufführt (%1)</translation>
        </message>
        <message>
            <source>A half-written file</source>
            <translation>Eine halb geschriebene Datei</translation>
        </message>
    </context>
    <context>
        <name>DraftBinding</name>
        <message>
            <source>The shot's model has no draft that is quick enough</source>
            <translation>Das Modell des Shots hat keinen Entwurf, der schnell genug wäre</translation>
        </message>
    </context>
    <context>
        <name>DraftCard</name>
        <message>
            <source>Draft of the prompt</source>
            <translation>Entwurf des Prompts</translation>
        </message>
        <message>
            <source>A quick moving picture of what is written; it is not kept.</source>
            <translation>Ein schnelles bewegtes Bild dessen, was geschrieben steht; es wird nicht aufbewahrt.</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Generate makes a take of it</source>
            <translation>Generieren macht einen Take daraus</translation>
        </message>
        <message>
            <source>not kept</source>
            <translation>nicht aufbewahrt</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>CPU · %1 threads</source>
            <translation>CPU · %1 Threads</translation>
        </message>
    </context>
    <context>
        <name>ExportForm</name>
        <message>
            <source>Frames a second</source>
            <translation>Bilder pro Sekunde</translation>
        </message>
        <message>
            <source>Between frames</source>
            <translation>Zwischenbilder</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>Lautheit</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>Repeat</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>Überleitung</translation>
        </message>
        <message>
            <source>As mixed</source>
            <translation>Wie gemischt</translation>
        </message>
        <message>
            <source>−14 LUFS, web</source>
            <translation>−14 LUFS, Web</translation>
        </message>
        <message>
            <source>−16 LUFS, podcasts</source>
            <translation>−16 LUFS, Podcasts</translation>
        </message>
        <message>
            <source>−23 LUFS, broadcast</source>
            <translation>−23 LUFS, Rundfunk</translation>
        </message>
        <message>
            <source>The encoder's own number: lower is better and larger.</source>
            <translation>Die eigene Zahl des Encoders: Kleiner ist besser und größer.</translation>
        </message>
        <message>
            <source>Between</source>
            <translation>Zwischenbilder</translation>
        </message>
        <message>
            <source>What is seen between the clip's own frames when it is exported at another rate.</source>
            <translation>Was zwischen den eigenen Bildern des Clips zu sehen ist, wenn er mit anderer Bildrate exportiert wird.</translation>
        </message>
        <message>
            <source>Measured by EBU R128. Peaks never go over −1 dB.</source>
            <translation>Gemessen nach EBU R128. Spitzen gehen nie über −1 dB.</translation>
        </message>
        <message>
            <source>Timecode</source>
            <translation>Timecode</translation>
        </message>
        <message>
            <source>Of the first frame, as 01:00:00:00; with ; before the frames for drop-frame.</source>
            <translation>Des ersten Bildes, etwa 01:00:00:00; mit ; vor den Bildern für Drop-Frame.</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>Bildrate</translation>
        </message>
        <message>
            <source>As it is (%1)</source>
            <translation>Wie sie ist (%1)</translation>
        </message>
        <message>
            <source>Interpolate</source>
            <translation>Interpolieren</translation>
        </message>
        <message>
            <source>BT.709</source>
            <translation>BT.709</translation>
        </message>
        <message>
            <source>P3</source>
            <translation>P3</translation>
        </message>
        <message>
            <source>Rec. 2020</source>
            <translation>Rec. 2020</translation>
        </message>
        <message>
            <source>MXF doesn't hold %1 frames a second: choose a rate such as 24.</source>
            <translation>MXF kennt keine %1 Bilder pro Sekunde: Wählen Sie eine Bildrate wie 24.</translation>
        </message>
    </context>
    <context>
        <name>ExportPopover</name>
        <message>
            <source>Export options</source>
            <translation>Exportoptionen</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>This shot, as it is trimmed</source>
            <translation>Dieser Shot, so wie er getrimmt ist</translation>
        </message>
        <message>
            <source>The whole storyboard</source>
            <translation>Das ganze Storyboard</translation>
        </message>
        <message>
            <source>As</source>
            <translation>Als</translation>
        </message>
        <message>
            <source>Keep the recipe in the file: prompt, seed, model</source>
            <translation>Rezept in der Datei behalten: Prompt, Seed, Modell</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>There is no take to export yet.</source>
            <translation>Es gibt noch keinen Take zum Exportieren.</translation>
        </message>
        <message numerus="yes">
            <source>The %n chosen shots</source>
            <translation>
                <numerusform>Der %n gewählte Shot</numerusform>
                <numerusform>Die %n gewählten Shots</numerusform>
            </translation>
        </message>
        <message>
            <source>The storyboard from in to out</source>
            <translation>Das Storyboard von In bis Out</translation>
        </message>
        <message>
            <source>%1×%2, %3 frames</source>
            <translation>%1×%2, %3 Bilder</translation>
        </message>
        <message>
            <source> in %1 files</source>
            <translation> in %1 Dateien</translation>
        </message>
        <message>
            <source>, %1 as measured</source>
            <translation>, %1 wie gemessen</translation>
        </message>
        <message>
            <source>, about %1</source>
            <translation>, etwa %1</translation>
        </message>
        <message>
            <source>, into the project's exports folder</source>
            <translation>, in den Exportordner des Projekts</translation>
        </message>
        <message>
            <source>What to export</source>
            <translation>Was exportiert wird</translation>
        </message>
        <message>
            <source>Handles</source>
            <translation>Zugaben</translation>
        </message>
        <message>
            <source>Frames before and after the shot's own, as far as its take has them.</source>
            <translation>Bilder vor und hinter denen des Shots, so weit sein Take sie hat.</translation>
        </message>
        <message>
            <source>File name</source>
            <translation>Dateiname</translation>
        </message>
        <message>
            <source>{project}, {shot}, {shot:03}, {take}, {seed} and {preset} are filled in.</source>
            <translation>{project}, {shot}, {shot:03}, {take}, {seed} und {preset} werden eingesetzt.</translation>
        </message>
        <message>
            <source>A file for each shot</source>
            <translation>Eine Datei pro Shot</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>How</source>
            <translation>Wie</translation>
        </message>
        <message>
            <source>And in a .json beside it</source>
            <translation>Und in einer .json daneben</translation>
        </message>
        <message>
            <source>Room for exact frames, in GB</source>
            <translation>Platz für exakte Bilder, in GB</translation>
        </message>
        <message>
            <source>Keep exact frames of new takes, up to GB</source>
            <translation>Exakte Bilder neuer Takes behalten, bis zu GB</translation>
        </message>
        <message>
            <source>Without room masters are made from the takes' latents, decoded again: the same pictures, later. With it they are there at once, also without the model. The oldest make way for new ones.</source>
            <translation>Ohne Platz entstehen Master aus den Latents der Takes, erneut dekodiert: dieselben Bilder, nur später. Mit Platz sind sie sofort da, auch ohne das Modell. Die ältesten machen neuen Platz.</translation>
        </message>
        <message>
            <source>Save as own preset…</source>
            <translation>Als eigene Vorgabe speichern …</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren …</translation>
        </message>
        <message>
            <source>Show file</source>
            <translation>Datei zeigen</translation>
        </message>
        <message>
            <source>Name of the preset, then Enter</source>
            <translation>Name der Vorgabe, dann Eingabe</translation>
        </message>
        <message>
            <source>Name of the preset</source>
            <translation>Name der Vorgabe</translation>
        </message>
        <message>
            <source>Yours</source>
            <translation>Eigene</translation>
        </message>
        <message>
            <source>For editing</source>
            <translation>Zum Schneiden</translation>
        </message>
        <message>
            <source>One picture a frame</source>
            <translation>Ein Bild pro Einzelbild</translation>
        </message>
        <message>
            <source>To share</source>
            <translation>Zum Teilen</translation>
        </message>
        <message>
            <source>%1 in use</source>
            <translation>%1 belegt</translation>
        </message>
        <message>
            <source>Import an export preset</source>
            <translation>Exportvorgabe importieren</translation>
        </message>
        <message>
            <source>Export presets (*.json)</source>
            <translation>Exportvorgaben (*.json)</translation>
        </message>
    </context>
    <context>
        <name>FinishFields</name>
        <message>
            <source>Upscale</source>
            <translation>Hochskalieren</translation>
        </message>
        <message>
            <source>Interpolate</source>
            <translation>Zwischenbilder</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>%1 fps</source>
            <translation>%1 fps</translation>
        </message>
        <message>
            <source>Every new take is enlarged when it is done</source>
            <translation>Jeder neue Take wird vergrößert, wenn er fertig ist</translation>
        </message>
        <message>
            <source>Every new take gets frames between its frames when it is done</source>
            <translation>Jeder neue Take bekommt Bilder zwischen seinen Bildern, wenn er fertig ist</translation>
        </message>
        <message>
            <source>Upscaler</source>
            <translation>Vergrößerer</translation>
        </message>
        <message>
            <source>Interpolator</source>
            <translation>Interpolator</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Datei wählen …</translation>
        </message>
        <message>
            <source>By</source>
            <translation>Mit</translation>
        </message>
        <message>
            <source>The network that enlarges: Kinora's own, or a file of the ESRGAN family (.pth, .safetensors)</source>
            <translation>Das Netz, das vergrößert: Kinoras eigenes oder eine Datei der ESRGAN-Familie (.pth, .safetensors)</translation>
        </message>
        <message>
            <source>The network that makes frames between frames: Kinora's own, or a RIFE 4 file (.pkl, .pth, .safetensors)</source>
            <translation>Das Netz, das Zwischenbilder erzeugt: Kinoras eigenes oder eine RIFE-4-Datei (.pkl, .pth, .safetensors)</translation>
        </message>
        <message>
            <source>Choose an upscaler</source>
            <translation>Vergrößerer wählen</translation>
        </message>
        <message>
            <source>Choose an interpolator</source>
            <translation>Interpolator wählen</translation>
        </message>
        <message>
            <source>Networks (*.pth *.pt *.pkl *.safetensors)</source>
            <translation>Netze (*.pth *.pt *.pkl *.safetensors)</translation>
        </message>
    </context>
    <context>
        <name>GenerateButton</name>
        <message>
            <source>Generate</source>
            <translation>Generieren</translation>
        </message>
        <message>
            <source>Generate (Ctrl+Enter)</source>
            <translation>Generieren (Strg+Eingabe)</translation>
        </message>
    </context>
    <context>
        <name>HistoryPanel</name>
        <message>
            <source>As opened</source>
            <translation>Wie geöffnet</translation>
        </message>
        <message>
            <source>%1, %2%3</source>
            <translation>%1, %2%3</translation>
        </message>
        <message>
            <source>, now</source>
            <translation>, jetzt</translation>
        </message>
        <message>
            <source>Close the history</source>
            <translation>Verlauf schließen</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>1 step</source>
            <translation>1 Schritt</translation>
        </message>
        <message>
            <source>%1 steps</source>
            <translation>%1 Schritte</translation>
        </message>
    </context>
    <context>
        <name>InstalledRow</name>
        <message>
            <source>More for %1</source>
            <translation>Mehr zu %1</translation>
        </message>
        <message>
            <source>Show its folder</source>
            <translation>Seinen Ordner zeigen</translation>
        </message>
        <message>
            <source>Check its files</source>
            <translation>Seine Dateien prüfen</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
        </message>
        <message>
            <source>Licence: its files tell none</source>
            <translation>Lizenz: In den Dateien steht keine</translation>
        </message>
        <message>
            <source>Licence: %1</source>
            <translation>Lizenz: %1</translation>
        </message>
        <message>
            <source>Checking %1</source>
            <translation>%1 wird geprüft</translation>
        </message>
        <message>
            <source>Stop checking</source>
            <translation>Prüfung abbrechen</translation>
        </message>
        <message>
            <source>Used for this shot</source>
            <translation>Für diesen Shot in Gebrauch</translation>
        </message>
        <message>
            <source>Use for this shot</source>
            <translation>Für diesen Shot verwenden</translation>
        </message>
    </context>
    <context>
        <name>JobCourtesy</name>
        <message>
            <source>Kinora makes a clip</source>
            <translation>Kinora erzeugt einen Clip</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>It didn't work</source>
            <translation>Das hat nicht geklappt</translation>
        </message>
    </context>
    <context>
        <name>JobEditor</name>
        <message>
            <source>Edit a waiting job</source>
            <translation>Wartenden Auftrag bearbeiten</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>loading the model</source>
            <translation>Modell wird geladen</translation>
        </message>
        <message>
            <source>reading the prompt</source>
            <translation>Prompt wird gelesen</translation>
        </message>
        <message>
            <source>step %1 of %2</source>
            <translation>Schritt %1 von %2</translation>
        </message>
        <message>
            <source>making the pictures</source>
            <translation>Bilder entstehen</translation>
        </message>
        <message>
            <source>writing the file</source>
            <translation>Datei wird geschrieben</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>stopping</source>
            <translation>hält an</translation>
        </message>
        <message>
            <source> · %1 left</source>
            <translation> · noch %1</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>waiting · takes about %1</source>
            <translation>wartet · braucht etwa %1</translation>
        </message>
        <message>
            <source>paused after step %1 of %2</source>
            <translation>pausiert nach Schritt %1 von %2</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>pausing</source>
            <translation>pausiert gleich</translation>
        </message>
        <message>
            <source>Stop; Try again goes on from there</source>
            <translation>Anhalten; „Erneut versuchen“ macht dort weiter</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Stop, and make a take of what is there</source>
            <translation>Anhalten und aus dem, was da ist, einen Take machen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Go on later, also after a restart</source>
            <translation>Später weitermachen, auch nach einem Neustart</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Go on from the step it was paused at</source>
            <translation>Ab dem Schritt weitermachen, an dem pausiert wurde</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Change prompt, seed and steps before it starts</source>
            <translation>Prompt, Seed und Schritte ändern, bevor es losgeht</translation>
        </message>
        <message>
            <source>More for this job</source>
            <translation>Mehr zu diesem Auftrag</translation>
        </message>
        <message>
            <source>Run next</source>
            <translation>Als Nächstes ausführen</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Duplizieren</translation>
        </message>
    </context>
    <context>
        <name>LibraryPanel</name>
        <message>
            <source>Search prompts</source>
            <translation>Prompts durchsuchen</translation>
        </message>
        <message>
            <source>Only starred takes</source>
            <translation>Nur Takes mit Stern</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Hier ist nichts</translation>
        </message>
        <message>
            <source>All takes of all shots of this project gather here, to be found again by their words.</source>
            <translation>Hier sammeln sich alle Takes aller Shots dieses Projekts und lassen sich über ihre Wörter wiederfinden.</translation>
        </message>
        <message>
            <source>Shot %1 · Take %2</source>
            <translation>Shot %1 · Take %2</translation>
        </message>
    </context>
    <context>
        <name>Licences</name>
        <message>
            <source>programs, drawings, icons, starter model</source>
            <translation>Programme, Zeichnungen, Symbole, Starter-Modell</translation>
        </message>
        <message>
            <source>the window</source>
            <translation>das Fenster</translation>
        </message>
        <message>
            <source>computing with tensors</source>
            <translation>Rechnen mit Tensoren</translation>
        </message>
        <message>
            <source>reading and writing video and sound</source>
            <translation>Lesen und Schreiben von Video und Ton</translation>
        </message>
        <message>
            <source>resizing pictures</source>
            <translation>Bilder in anderer Größe</translation>
        </message>
        <message>
            <source>typeface</source>
            <translation>Schrift</translation>
        </message>
        <message>
            <source>project files</source>
            <translation>Projektdateien</translation>
        </message>
        <message>
            <source>the local log</source>
            <translation>das lokale Protokoll</translation>
        </message>
        <message>
            <source>command line</source>
            <translation>Kommandozeile</translation>
        </message>
        <message>
            <source>training the starter's tokenizer</source>
            <translation>Training des Tokenizers des Starters</translation>
        </message>
        <message>
            <source>letters of every script</source>
            <translation>Buchstaben aller Schriften</translation>
        </message>
        <message>
            <source>reading the folders of other programs</source>
            <translation>Lesen der Ordner anderer Programme</translation>
        </message>
        <message>
            <source>pictures of 16 bits</source>
            <translation>Bilder mit 16 Bit</translation>
        </message>
        <message>
            <source>downloads that you ask for</source>
            <translation>Downloads, um die Sie bitten</translation>
        </message>
        <message>
            <source>checksums and content credentials</source>
            <translation>Prüfsummen und Herkunftsnachweise</translation>
        </message>
        <message>
            <source>packed files</source>
            <translation>gepackte Dateien</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>Arbeitsspeicher</translation>
        </message>
    </context>
    <context>
        <name>LookChips</name>
        <message>
            <source>Adds “%1” to the prompt</source>
            <translation>Fügt „%1“ zum Prompt hinzu</translation>
        </message>
        <message>
            <source>More looks and camera moves</source>
            <translation>Weitere Looks und Kamerabewegungen</translation>
        </message>
    </context>
    <context>
        <name>Looks</name>
        <message>
            <source>Light</source>
            <translation>Licht</translation>
        </message>
        <message>
            <source>Golden hour</source>
            <translation>Goldene Stunde</translation>
        </message>
        <message>
            <source>Morning</source>
            <translation>Morgen</translation>
        </message>
        <message>
            <source>Bright day</source>
            <translation>Heller Tag</translation>
        </message>
        <message>
            <source>Dusk</source>
            <translation>Dämmerung</translation>
        </message>
        <message>
            <source>Night</source>
            <translation>Nacht</translation>
        </message>
        <message>
            <source>Weather</source>
            <translation>Wetter</translation>
        </message>
        <message>
            <source>Clouds</source>
            <translation>Wolken</translation>
        </message>
        <message>
            <source>Rain</source>
            <translation>Regen</translation>
        </message>
        <message>
            <source>Snowfall</source>
            <translation>Schneefall</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Slow pan right</source>
            <translation>Langsamer Schwenk rechts</translation>
        </message>
        <message>
            <source>Slow pan left</source>
            <translation>Langsamer Schwenk links</translation>
        </message>
        <message>
            <source>Push in</source>
            <translation>Heranfahren</translation>
        </message>
        <message>
            <source>Pull back</source>
            <translation>Zurückfahren</translation>
        </message>
        <message>
            <source>Tilt up</source>
            <translation>Schwenk nach oben</translation>
        </message>
        <message>
            <source>Still camera</source>
            <translation>Ruhige Kamera</translation>
        </message>
    </context>
    <context>
        <name>LoraList</name>
        <message>
            <source>LoRAs</source>
            <translation>LoRAs</translation>
        </message>
        <message>
            <source>Add a LoRA…</source>
            <translation>LoRA hinzufügen …</translation>
        </message>
        <message>
            <source>Choose a file, or drop one here</source>
            <translation>Wählen Sie eine Datei oder legen Sie eine hier ab</translation>
        </message>
        <message>
            <source>Choose LoRAs</source>
            <translation>LoRAs wählen</translation>
        </message>
        <message>
            <source>LoRAs (*.safetensors *.pt *.pth)</source>
            <translation>LoRAs (*.safetensors *.pt *.pth)</translation>
        </message>
        <message>
            <source>Weight of %1</source>
            <translation>Gewicht von %1</translation>
        </message>
        <message>
            <source>Take %1 away</source>
            <translation>%1 wegnehmen</translation>
        </message>
    </context>
    <context>
        <name>LostTakesSheet</name>
        <message>
            <source>Takes that no shot lists</source>
            <translation>Takes, die kein Shot aufführt</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Bring this one back</source>
            <translation>Diesen zurückholen</translation>
        </message>
        <message>
            <source>Bring all back</source>
            <translation>Alle zurückholen</translation>
        </message>
        <message>
            <source>%1 frames, %2×%3</source>
            <translation>%1 Bilder, %2×%3</translation>
        </message>
        <message>
            <source>Its clip was never written; generating the same shot and seed again makes it</source>
            <translation>Sein Clip wurde nie geschrieben; derselbe Shot mit demselben Seed erzeugt ihn erneut</translation>
        </message>
        <message>
            <source>Every take on disk is in the list of a shot.</source>
            <translation>Jeder Take auf der Platte steht in der Liste eines Shots.</translation>
        </message>
        <message>
            <source>These takes are on disk, but in the list of no shot. Brought back, each goes to the shot it was made for, or to one with its prompt.</source>
            <translation>Diese Takes liegen auf der Platte, aber in der Liste keines Shots. Zurückgeholt kommt jeder zu dem Shot, für den er entstand, oder zu einem mit seinem Prompt.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Side panel</source>
            <translation>Seitenleiste</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Nothing leaves this computer</source>
            <translation>Nichts verlässt diesen Computer</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Widerrufen</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Bringing in %1…</source>
            <translation>%1 wird geholt …</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Import media</source>
            <translation>Medien importieren</translation>
        </message>
        <message>
            <source>Stall meter</source>
            <translation>Ruckelmesser</translation>
        </message>
        <message>
            <source>Kinora can't make clips with “%1” yet.</source>
            <translation>Mit „%1“ kann Kinora noch keine Clips erzeugen.</translation>
        </message>
        <message>
            <source>%1 – Kinora</source>
            <translation>%1 – Kinora</translation>
        </message>
        <message>
            <source>Export shot %1 as %2 (Ctrl+E)</source>
            <translation>Shot %1 als %2 exportieren (Strg+E)</translation>
        </message>
        <message>
            <source>Export the storyboard as %1 (Ctrl+E)</source>
            <translation>Storyboard als %1 exportieren (Strg+E)</translation>
        </message>
        <message>
            <source>The storyboard is empty. Add a shot to begin.</source>
            <translation>Das Storyboard ist leer. Fügen Sie einen Shot hinzu, um zu beginnen.</translation>
        </message>
        <message>
            <source>Take %1</source>
            <translation>Take %1</translation>
        </message>
        <message>
            <source>Rendering: %1</source>
            <translation>Rendert: %1</translation>
        </message>
        <message>
            <source>This shot waits in the queue for its turn.</source>
            <translation>Dieser Shot wartet in der Warteschlange.</translation>
        </message>
        <message>
            <source>Describe the shot at the left, then press Generate.
Its pictures appear here while they are made.</source>
            <translation>Beschreiben Sie links den Shot und drücken Sie Generieren.
Seine Bilder erscheinen hier, während sie entstehen.</translation>
        </message>
        <message>
            <source>Press Generate (Ctrl+Enter) to see this shot.</source>
            <translation>Drücken Sie Generieren (Strg+Eingabe), um diesen Shot zu sehen.</translation>
        </message>
        <message>
            <source>Queue %1 · paused</source>
            <translation>Warteschlange %1 · pausiert</translation>
        </message>
        <message>
            <source>Queue %1</source>
            <translation>Warteschlange %1</translation>
        </message>
        <message>
            <source> · %1 left</source>
            <translation> · noch %1</translation>
        </message>
        <message>
            <source>Exporting %1</source>
            <translation>%1 wird exportiert</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Export again</source>
            <translation>Erneut exportieren</translation>
        </message>
        <message>
            <source>Exported %1</source>
            <translation>%1 exportiert</translation>
        </message>
        <message>
            <source>Reveal</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Space play · J K L shuttle · I O trim · Ctrl+Enter generate</source>
            <translation>Leertaste Wiedergabe · J K L Shuttle · I O Trimmen · Strg+Eingabe Generieren</translation>
        </message>
        <message>
            <source>Ctrl+Enter generate · Ctrl+↑ ↓ weigh the selected words · Esc to the player</source>
            <translation>Strg+Eingabe generiert · Strg+↑ ↓ gewichtet die gewählten Wörter · Esc zum Player</translation>
        </message>
        <message>
            <source>Space play all · S split · Q W trim · M marker · Ctrl+T dissolve · N snap · Alt on an edge rolls</source>
            <translation>Leertaste alles abspielen · S Teilen · Q W Trimmen · M Marker · Strg+T Überblendung · N Einrasten · Alt an einer Kante rollt</translation>
        </message>
        <message>
            <source>frame %1</source>
            <translation>Bild %1</translation>
        </message>
        <message>
            <source>Exporting…</source>
            <translation>Export läuft …</translation>
        </message>
        <message>
            <source>Saved %1</source>
            <translation>%1 gespeichert</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Undo: %1</source>
            <translation>Widerrufen: %1</translation>
        </message>
        <message>
            <source>Redo: %1</source>
            <translation>Wiederherstellen: %1</translation>
        </message>
        <message>
            <source>There is no take further that way</source>
            <translation>In dieser Richtung gibt es keinen weiteren Take</translation>
        </message>
        <message>
            <source>The shot has no second take</source>
            <translation>Der Shot hat keinen zweiten Take</translation>
        </message>
        <message>
            <source>The storyboard has no shot yet</source>
            <translation>Das Storyboard hat noch keinen Shot</translation>
        </message>
        <message>
            <source>The diagnostics are on the clipboard; paste them where you like.</source>
            <translation>Die Diagnose liegt in der Zwischenablage; fügen Sie sie ein, wo Sie möchten.</translation>
        </message>
        <message>
            <source>Export the chosen shots as %1 (Ctrl+E)</source>
            <translation>Gewählte Shots als %1 exportieren (Strg+E)</translation>
        </message>
        <message>
            <source>Media (%1)</source>
            <translation>Medien (%1)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Extend</source>
            <translation>Verlängern</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>Überleitung</translation>
        </message>
        <message>
            <source>Remix</source>
            <translation>Remix</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>ModelDesk</name>
        <message>
            <source>Parts of models that are known now: %1</source>
            <translation>Jetzt bekannte Modellteile: %1</translation>
        </message>
        <message>
            <source>In the list now: %1</source>
            <translation>Jetzt in der Liste: %1</translation>
        </message>
        <message>
            <source>All files of “%1” are as they were published.</source>
            <translation>Alle Dateien von „%1“ sind so, wie sie veröffentlicht wurden.</translation>
        </message>
        <message>
            <source>Damaged: %1 Remove that file and fetch the model again.</source>
            <translation>Beschädigt: %1 Entfernen Sie diese Datei und laden Sie das Modell erneut.</translation>
        </message>
        <message>
            <source>%1 is here.</source>
            <translation>%1 ist da.</translation>
        </message>
    </context>
    <context>
        <name>ModelsPanel</name>
        <message>
            <source>Add file…</source>
            <translation>Datei hinzufügen …</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>A model or LoRA in one file; it stays where it is</source>
            <translation>Ein Modell oder LoRA in einer Datei; sie bleibt, wo sie ist</translation>
        </message>
        <message>
            <source>A model's folder, or a whole tree of models; it stays where it is</source>
            <translation>Der Ordner eines Modells oder ein ganzer Baum von Modellen; er bleibt, wo er ist</translation>
        </message>
        <message>
            <source>No model found</source>
            <translation>Kein Modell gefunden</translation>
        </message>
        <message>
            <source>Drop a model's file or folder here, or get one from the list below.</source>
            <translation>Legen Sie die Datei oder den Ordner eines Modells hier ab oder holen Sie eines aus der Liste darunter.</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Parts and LoRAs in their own files</source>
            <translation>Teile und LoRAs in eigenen Dateien</translation>
        </message>
        <message>
            <source>Models you can get</source>
            <translation>Verfügbare Modelle</translation>
        </message>
        <message>
            <source>Add a model's file</source>
            <translation>Datei eines Modells hinzufügen</translation>
        </message>
        <message>
            <source>Add a model's folder</source>
            <translation>Ordner eines Modells hinzufügen</translation>
        </message>
        <message>
            <source>Models (*.safetensors *.gguf *.pth *.pt *.yaml *.yml)</source>
            <translation>Modelle (*.safetensors *.gguf *.pth *.pt *.yaml *.yml)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>NewProjectSheet</name>
        <message>
            <source>New project</source>
            <translation>Neues Projekt</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Frames per second</source>
            <translation>Bilder pro Sekunde</translation>
        </message>
        <message>
            <source>%1 × %2</source>
            <translation>%1 × %2</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Anlegen</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>It goes into a folder of its own below %1.</source>
            <translation>Es kommt in einen eigenen Ordner unter %1.</translation>
        </message>
    </context>
    <context>
        <name>NoteEditor</name>
        <message>
            <source>Note of the marker</source>
            <translation>Notiz des Markers</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Change marker</source>
            <translation>Marker ändern</translation>
        </message>
    </context>
    <context>
        <name>PartRow</name>
        <message>
            <source>Show %1 in its folder</source>
            <translation>%1 in seinem Ordner zeigen</translation>
        </message>
        <message>
            <source>Licence: %1</source>
            <translation>Lizenz: %1</translation>
        </message>
    </context>
    <context>
        <name>PictureCanvas</name>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
    </context>
    <context>
        <name>PlayerCompare</name>
        <message>
            <source>With %1</source>
            <translation>Mit %1</translation>
        </message>
    </context>
    <context>
        <name>PlayerWidget</name>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Second screen</source>
            <translation>Zweiter Bildschirm</translation>
        </message>
        <message>
            <source>A · %1</source>
            <translation>A · %1</translation>
        </message>
        <message>
            <source>B · %1</source>
            <translation>B · %1</translation>
        </message>
        <message numerus="yes">
            <source>%n dropped</source>
            <translation>
                <numerusform>%n ausgelassen</numerusform>
                <numerusform>%n ausgelassen</numerusform>
            </translation>
        </message>
        <message>
            <source>The picture on another screen too</source>
            <translation>Das Bild auch auf einem anderen Bildschirm</translation>
        </message>
        <message>
            <source>There is only one screen.</source>
            <translation>Es gibt nur einen Bildschirm.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Player</source>
            <translation>Player</translation>
        </message>
    </context>
    <context>
        <name>PreferencesSheet</name>
        <message>
            <source>Preferences</source>
            <translation>Voreinstellungen</translation>
        </message>
        <message>
            <source>Pages of the preferences</source>
            <translation>Seiten der Voreinstellungen</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Licht</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Design</translation>
        </message>
        <message>
            <source>Neutral greys in both: colour is judged beside them.</source>
            <translation>Beide in neutralem Grau: Daneben werden Farben beurteilt.</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>Skalierung</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>The size of everything, on top of the screen's own.</source>
            <translation>Die Größe von allem, zusätzlich zur Skalierung des Bildschirms.</translation>
        </message>
        <message>
            <source>Saved after</source>
            <translation>Gespeichert nach</translation>
        </message>
        <message>
            <source>%1 s of quiet</source>
            <translation>%1 s Ruhe</translation>
        </message>
        <message>
            <source>Every change is on disk within two seconds, whatever you do meanwhile.</source>
            <translation>Jede Änderung ist innerhalb von zwei Sekunden auf der Platte, was immer Sie inzwischen tun.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Of everything but the prompts: models know English best.</source>
            <translation>Von allem außer den Prompts: Modelle verstehen Englisch am besten.</translation>
        </message>
        <message>
            <source>This holds from the next start on.</source>
            <translation>Das gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Memory for pictures</source>
            <translation>Speicher für Bilder</translation>
        </message>
        <message>
            <source>%1 MB</source>
            <translation>%1 MB</translation>
        </message>
        <message>
            <source>%1 GB</source>
            <translation>%1 GB</translation>
        </message>
        <message>
            <source>Pictures that were decoded once play and scrub without a wait as long as they fit in here.</source>
            <translation>Bilder, die einmal dekodiert sind, laufen und scrubben ohne Warten, solange sie hier hineinpassen.</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>Grafikkarte</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>8 bits</source>
            <translation>8 Bit</translation>
        </message>
        <message>
            <source>Of new takes. 8 bits are faster and a little less exact.</source>
            <translation>Von neuen Takes. 8 Bit sind schneller und etwas weniger genau.</translation>
        </message>
    </context>
    <context>
        <name>ProjectCommands</name>
        <message>
            <source>Duplicated as %1</source>
            <translation>Dupliziert als %1</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>This is %1 now; the project before stays as it was.</source>
            <translation>Dies ist jetzt %1; das vorige Projekt bleibt, wie es war.</translation>
        </message>
        <message>
            <source>%1 copy</source>
            <translation>%1 Kopie</translation>
        </message>
        <message>
            <source>Copying the project…</source>
            <translation>Das Projekt wird kopiert …</translation>
        </message>
        <message>
            <source>One file is found again.</source>
            <translation>Eine Datei ist wiedergefunden.</translation>
        </message>
        <message>
            <source>%1 files are found again.</source>
            <translation>%1 Dateien sind wiedergefunden.</translation>
        </message>
        <message>
            <source>Collecting files…</source>
            <translation>Dateien werden eingesammelt …</translation>
        </message>
        <message>
            <source>%1 collected; %2</source>
            <translation>%1 eingesammelt; %2</translation>
        </message>
        <message>
            <source>Relink…</source>
            <translation>Verknüpfen …</translation>
        </message>
        <message>
            <source>Every file is in the project's folder.</source>
            <translation>Jede Datei liegt im Ordner des Projekts.</translation>
        </message>
        <message>
            <source>One file was collected into the project's folder.</source>
            <translation>Eine Datei wurde in den Ordner des Projekts geholt.</translation>
        </message>
        <message>
            <source>%1 files were collected into the project's folder.</source>
            <translation>%1 Dateien wurden in den Ordner des Projekts geholt.</translation>
        </message>
        <message>
            <source>One item removed, %1 freed.</source>
            <translation>Ein Eintrag entfernt, %1 freigegeben.</translation>
        </message>
        <message>
            <source>%1 items removed, %2 freed.</source>
            <translation>%1 Einträge entfernt, %2 freigegeben.</translation>
        </message>
        <message>
            <source>One take is back in its shot.</source>
            <translation>Ein Take ist zurück in seinem Shot.</translation>
        </message>
        <message>
            <source>%1 takes are back.</source>
            <translation>%1 Takes sind zurück.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Widerrufen</translation>
        </message>
        <message>
            <source>The project is as it was %1.</source>
            <translation>Das Projekt ist, wie es %1 war.</translation>
        </message>
        <message>
            <source>Kinora stopped while it saved: a backup holds later changes than the project.</source>
            <translation>Kinora hielt beim Speichern an: Eine Sicherung enthält spätere Änderungen als das Projekt.</translation>
        </message>
        <message>
            <source>Take them over</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>Kinora wasn't closed the last time, and takes were rendered that no shot lists.</source>
            <translation>Kinora wurde zuletzt nicht beendet, und es wurden Takes gerendert, die kein Shot aufführt.</translation>
        </message>
        <message>
            <source>Show them</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>A file of this project is missing.</source>
            <translation>Eine Datei dieses Projekts fehlt.</translation>
        </message>
        <message>
            <source>%1 files of this project are missing.</source>
            <translation>%1 Dateien dieses Projekts fehlen.</translation>
        </message>
        <message>
            <source>Open a project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
    </context>
    <context>
        <name>ProjectRescuer</name>
        <message>
            <source>today %1</source>
            <translation>heute %1</translation>
        </message>
        <message>
            <source>A take without a prompt</source>
            <translation>Ein Take ohne Prompt</translation>
        </message>
        <message>
            <source>Bring a take back</source>
            <translation>Take zurückholen</translation>
        </message>
        <message>
            <source>Bring takes back</source>
            <translation>Takes zurückholen</translation>
        </message>
        <message>
            <source>Back to the version of %1</source>
            <translation>Zurück zur Fassung von %1</translation>
        </message>
    </context>
    <context>
        <name>ProjectStrip</name>
        <message>
            <source>Read-only project</source>
            <translation>Schreibgeschütztes Projekt</translation>
        </message>
        <message>
            <source>Save a copy…</source>
            <translation>Kopie speichern …</translation>
        </message>
        <message>
            <source>%1 Your changes are kept only if you save a copy.</source>
            <translation>%1 Ihre Änderungen bleiben nur erhalten, wenn Sie eine Kopie speichern.</translation>
        </message>
    </context>
    <context>
        <name>PromptBinding</name>
        <message>
            <source>Prompts used before</source>
            <translation>Früher verwendete Prompts</translation>
        </message>
        <message>
            <source>Variants</source>
            <translation>Varianten</translation>
        </message>
        <message>
            <source>Remove variable</source>
            <translation>Variable entfernen</translation>
        </message>
        <message>
            <source>Change the project-wide prompt</source>
            <translation>Projektweiten Prompt ändern</translation>
        </message>
        <message>
            <source>Change the project-wide negative prompt</source>
            <translation>Projektweiten negativen Prompt ändern</translation>
        </message>
        <message>
            <source>With a guidance of 1 the model doesn't see this.</source>
            <translation>Bei einer Guidance von 1 sieht das Modell dies nicht.</translation>
        </message>
        <message>
            <source>Prompts that you generate from are kept here.</source>
            <translation>Hier bleiben die Prompts, aus denen Sie generieren.</translation>
        </message>
        <message>
            <source>No earlier prompt has these words.</source>
            <translation>Kein früherer Prompt enthält diese Wörter.</translation>
        </message>
        <message>
            <source>Use an earlier prompt</source>
            <translation>Früheren Prompt verwenden</translation>
        </message>
        <message>
            <source>%1: the first %2</source>
            <translation>%1: die ersten %2</translation>
        </message>
        <message>
            <source>Use a variant</source>
            <translation>Variante verwenden</translation>
        </message>
        <message>
            <source>Add variable</source>
            <translation>Variable hinzufügen</translation>
        </message>
        <message>
            <source>Change variable</source>
            <translation>Variable ändern</translation>
        </message>
        <message>
            <source>Rename variable</source>
            <translation>Variable umbenennen</translation>
        </message>
    </context>
    <context>
        <name>PromptEditor</name>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Describe the shot: what is seen, where, when, how the camera moves</source>
            <translation>Beschreiben Sie den Shot: was zu sehen ist, wo, wann, wie sich die Kamera bewegt</translation>
        </message>
        <message>
            <source>Shows what the alternatives and wildcards can become</source>
            <translation>Zeigt, was aus den Alternativen und Platzhaltern werden kann</translation>
        </message>
        <message>
            <source>%1 of %2 tokens: the end falls off</source>
            <translation>%1 von %2 Token: Das Ende fällt weg</translation>
        </message>
        <message>
            <source>%1 of %2 tokens</source>
            <translation>%1 von %2 Token</translation>
        </message>
        <message>
            <source>over a million variants</source>
            <translation>mehr als eine Million Varianten</translation>
        </message>
        <message>
            <source>%1 variants</source>
            <translation>%1 Varianten</translation>
        </message>
        <message>
            <source>Add $%1</source>
            <translation>$%1 anlegen</translation>
        </message>
        <message>
            <source>The model doesn't see this: the prompt is longer than its %1 tokens.</source>
            <translation>Das sieht das Modell nicht: Der Prompt ist länger als seine %1 Token.</translation>
        </message>
    </context>
    <context>
        <name>PromptListPopover</name>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search %1</source>
            <translation>%1 durchsuchen</translation>
        </message>
    </context>
    <context>
        <name>PublishedRow</name>
        <message>
            <source>Checking file %1 of %2</source>
            <translation>Datei %1 von %2 wird geprüft</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source> · %1/s · %2 left</source>
            <translation> · %1/s · noch %2</translation>
        </message>
        <message>
            <source>Begun; what has arrived is kept.</source>
            <translation>Begonnen; was schon da ist, bleibt.</translation>
        </message>
        <message>
            <source>Asking the hub for its size…</source>
            <translation>Die Größe wird beim Hub erfragt …</translation>
        </message>
        <message>
            <source>%1, of which %2 are still to come.</source>
            <translation>%1, davon fehlen noch %2.</translation>
        </message>
        <message>
            <source>%1 to fetch.</source>
            <translation>%1 zu laden.</translation>
        </message>
        <message>
            <source>Waiting for its turn</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>On this machine</source>
            <translation>Auf diesem Rechner</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>Training data: %1
Source: %2</source>
            <translation>Trainingsdaten: %1
Quelle: %2</translation>
        </message>
        <message>
            <source>Fetching %1</source>
            <translation>%1 wird geladen</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>Download…</source>
            <translation>Herunterladen …</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Download %1</source>
            <translation>%1 herunterladen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>QueuePanel</name>
        <message>
            <source>Clear finished</source>
            <translation>Fertige entfernen</translation>
        </message>
        <message>
            <source>What runs goes on; nothing new starts</source>
            <translation>Was läuft, läuft weiter; Neues beginnt nicht</translation>
        </message>
        <message>
            <source>Nothing to do</source>
            <translation>Nichts zu tun</translation>
        </message>
        <message>
            <source>Takes and exports wait here for their turn, one after another. The queue survives a restart.</source>
            <translation>Hier warten Takes und Exporte, bis sie an der Reihe sind. Die Warteschlange übersteht einen Neustart.</translation>
        </message>
        <message>
            <source>Pause the queue</source>
            <translation>Warteschlange anhalten</translation>
        </message>
        <message>
            <source>Go on with the queue</source>
            <translation>Warteschlange fortsetzen</translation>
        </message>
    </context>
    <context>
        <name>RecentMenu</name>
        <message>
            <source>Open recent</source>
            <translation>Zuletzt geöffnet</translation>
        </message>
        <message>
            <source>%1 – in %2</source>
            <translation>%1 – in %2</translation>
        </message>
        <message>
            <source>%1 – not found</source>
            <translation>%1 – nicht gefunden</translation>
        </message>
        <message>
            <source>No other project yet</source>
            <translation>Noch kein anderes Projekt</translation>
        </message>
        <message>
            <source>Forget those that weren't found</source>
            <translation>Nicht gefundene vergessen</translation>
        </message>
    </context>
    <context>
        <name>RelinkSheet</name>
        <message>
            <source>Relink missing media</source>
            <translation>Fehlende Medien verknüpfen</translation>
        </message>
        <message>
            <source>Looking</source>
            <translation>Suche läuft</translation>
        </message>
        <message>
            <source>Missing files</source>
            <translation>Fehlende Dateien</translation>
        </message>
        <message>
            <source>Look in a folder…</source>
            <translation>In einem Ordner suchen …</translation>
        </message>
        <message>
            <source>Looks through the folder and everything below it, by content and by name</source>
            <translation>Durchsucht den Ordner und alles darunter, nach Inhalt und nach Namen</translation>
        </message>
        <message>
            <source>Choose the file…</source>
            <translation>Datei wählen …</translation>
        </message>
        <message>
            <source>For the file that is marked in the list</source>
            <translation>Für die Datei, die in der Liste markiert ist</translation>
        </message>
        <message>
            <source>doesn't fit</source>
            <translation>passt nicht</translation>
        </message>
        <message>
            <source>found</source>
            <translation>gefunden</translation>
        </message>
        <message>
            <source>was %1</source>
            <translation>war %1</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <source>Looking which files are there…</source>
            <translation>Vorhandene Dateien werden gesucht …</translation>
        </message>
        <message>
            <source>Looking through the folder…</source>
            <translation>Der Ordner wird durchsucht …</translation>
        </message>
        <message>
            <source>Reading the files that were found…</source>
            <translation>Gefundene Dateien werden gelesen …</translation>
        </message>
        <message>
            <source>Nothing is missing: every file of this project is where it should be.</source>
            <translation>Es fehlt nichts: Jede Datei dieses Projekts ist an ihrem Platz.</translation>
        </message>
        <message>
            <source>%1 of %2 missing files were found.</source>
            <translation>%1 von %2 fehlenden Dateien wurden gefunden.</translation>
        </message>
        <message>
            <source>One file of this project isn't where it was. Show a folder to look in.</source>
            <translation>Eine Datei dieses Projekts ist nicht mehr an ihrem Platz. Zeigen Sie einen Ordner, in dem gesucht werden soll.</translation>
        </message>
        <message>
            <source>%1 files of this project aren't where they were. Show a folder to look in.</source>
            <translation>%1 Dateien dieses Projekts sind nicht mehr an ihrem Platz. Zeigen Sie einen Ordner, in dem gesucht werden soll.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Relink 1 file</source>
            <translation>1 Datei verknüpfen</translation>
        </message>
        <message>
            <source>Relink %1 files</source>
            <translation>%1 Dateien verknüpfen</translation>
        </message>
        <message>
            <source>Relink</source>
            <translation>Verknüpfen</translation>
        </message>
        <message>
            <source>Look for the missing files in</source>
            <translation>Fehlende Dateien suchen in</translation>
        </message>
        <message>
            <source>Choose the file</source>
            <translation>Datei wählen</translation>
        </message>
    </context>
    <context>
        <name>RuntimePage</name>
        <message>
            <source>%1 GB</source>
            <translation>%1 GB</translation>
        </message>
        <message>
            <source>no driver answers</source>
            <translation>kein Treiber antwortet</translation>
        </message>
        <message>
            <source>driver %1</source>
            <translation>Treiber %1</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Dieser Rechner</translation>
        </message>
        <message>
            <source>Looking for graphics cards…</source>
            <translation>Grafikkarten werden gesucht…</translation>
        </message>
        <message>
            <source>Builds for graphics cards</source>
            <translation>Ausgaben für Grafikkarten</translation>
        </message>
        <message>
            <source>pip's own client finds the packages, from the index and through the proxy it is set up for; every file is checked. They go into Kinora's data folder and no Python environment is touched. A download that was stopped goes on where it ended.</source>
            <translation>pips eigener Client findet die Pakete, aus dem Index und über den Proxy, auf die er eingestellt ist; jede Datei wird geprüft. Sie kommen in Kinoras Datenordner, und keine Python-Umgebung wird angerührt. Ein angehaltener Download geht dort weiter, wo er aufgehört hat.</translation>
        </message>
        <message>
            <source>Kinora works on the processor now.</source>
            <translation>Kinora rechnet jetzt auf dem Prozessor.</translation>
        </message>
        <message>
            <source>Kinora works with %1 now.</source>
            <translation>Kinora rechnet jetzt mit %1.</translation>
        </message>
        <message>
            <source>No graphics card</source>
            <translation>Keine Grafikkarte</translation>
        </message>
    </context>
    <context>
        <name>RuntimeRow</name>
        <message>
            <source>Asking pip what it is made of…</source>
            <translation>pip wird gefragt, woraus sie besteht…</translation>
        </message>
        <message>
            <source>Asking how large its parts are, %1 of %2</source>
            <translation>Die Größe der Teile wird erfragt, %1 von %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>%1 · unpacking %2</source>
            <translation>%1 · %2 wird entpackt</translation>
        </message>
        <message>
            <source>%1 · fetching %2</source>
            <translation>%1 · %2 wird geholt</translation>
        </message>
        <message>
            <source>About %1 GB to download, %2 GB on disk · driver %3 or newer</source>
            <translation>Etwa %1 GB zu laden, %2 GB auf der Platte · Treiber %3 oder neuer</translation>
        </message>
        <message>
            <source>Installing %1</source>
            <translation>%1 wird installiert</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 entfernen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Installed, %1. Kinora runs on it.</source>
            <translation>Installiert, %1. Kinora läuft damit.</translation>
        </message>
        <message>
            <source>Installed, %1. Used from the next start on, if a card is there then.</source>
            <translation>Installiert, %1. Wird ab dem nächsten Start benutzt, wenn dann eine Karte da ist.</translation>
        </message>
        <message>
            <source>Installed, %1. Not used.</source>
            <translation>Installiert, %1. Nicht benutzt.</translation>
        </message>
        <message>
            <source>Don't use</source>
            <translation>Nicht benutzen</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Benutzen</translation>
        </message>
        <message>
            <source>Begun; what has arrived is kept.</source>
            <translation>Begonnen; was schon da ist, bleibt.</translation>
        </message>
        <message>
            <source>Fits this computer as well.</source>
            <translation>Passt auch zu diesem Rechner.</translation>
        </message>
        <message>
            <source>Fits this computer.</source>
            <translation>Passt zu diesem Rechner.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Install</source>
            <translation>Installieren</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>SaveAsSheet</name>
        <message>
            <source>Save as</source>
            <translation>Speichern unter</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>In the folder</source>
            <translation>Im Ordner</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Takes, media and the whole history come along; what the queue runs goes on for the project as it is now.</source>
            <translation>Takes, Medien und der ganze Verlauf kommen mit; was die Warteschlange tut, gilt weiter für das Projekt, wie es jetzt ist.</translation>
        </message>
        <message>
            <source>Save the copy in</source>
            <translation>Kopie speichern in</translation>
        </message>
    </context>
    <context>
        <name>ScrubBar</name>
        <message>
            <source>Scrub bar</source>
            <translation>Zeitleiste des Clips</translation>
        </message>
        <message>
            <source>Drag to move through the clip; drag the handles to trim it.</source>
            <translation>Ziehen bewegt durch den Clip; Ziehen an den Griffen trimmt ihn.</translation>
        </message>
    </context>
    <context>
        <name>SettingsForm</name>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Roll another seed</source>
            <translation>Anderen Seed würfeln</translation>
        </message>
        <message>
            <source>Keep this seed for every take</source>
            <translation>Diesen Seed für jeden Take behalten</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Sampling, guidance</source>
            <translation>Sampling, Guidance</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>Guidance</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Shift</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>Sampler</translation>
        </message>
        <message>
            <source>Guidance mode</source>
            <translation>Guidance-Art</translation>
        </message>
        <message>
            <source>How the negative prompt acts: CFG in a pass of its own, CFG-Zero* the same and fitted, NAG within the one pass, also for models of few steps</source>
            <translation>Wie der negative Prompt wirkt: CFG in einem eigenen Durchgang, CFG-Zero* ebenso und angepasst, NAG im selben Durchgang, auch für Modelle mit wenigen Schritten</translation>
        </message>
    </context>
    <context>
        <name>Sheet</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>ShortcutEditor</name>
        <message>
            <source>Search actions or keys</source>
            <translation>Befehle oder Tasten suchen</translation>
        </message>
        <message>
            <source>Keys as in</source>
            <translation>Tasten wie in</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alle zurücksetzen</translation>
        </message>
        <message>
            <source>All keys as this layout has them</source>
            <translation>Alle Tasten so, wie diese Belegung sie hat</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>Befehle und ihre Tasten</translation>
        </message>
        <message>
            <source>Take it over</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>No keys</source>
            <translation>Keine Tasten</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>The next keys you press replace those of this action</source>
            <translation>Die nächsten Tasten ersetzen die dieses Befehls</translation>
        </message>
        <message>
            <source>The next keys you press work as well</source>
            <translation>Die nächsten Tasten gelten zusätzlich</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Choose an action to see and change its keys.</source>
            <translation>Wählen Sie einen Befehl, um seine Tasten zu sehen und zu ändern.</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 belongs to “%2”.</source>
            <translation>%1 gehört zu „%2“.</translation>
        </message>
        <message>
            <source>Press the keys. Esc leaves it as it is.</source>
            <translation>Drücken Sie die Tasten. Esc lässt alles, wie es ist.</translation>
        </message>
        <message>
            <source>This layout has no keys for it.</source>
            <translation>Diese Belegung hat dafür keine Tasten.</translation>
        </message>
        <message>
            <source>In this layout: %1</source>
            <translation>In dieser Belegung: %1</translation>
        </message>
    </context>
    <context>
        <name>ShotPanel</name>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Shot 1</source>
            <translation>Shot 1</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Prompts used before</source>
            <translation>Früher verwendete Prompts</translation>
        </message>
        <message>
            <source>Cast and style</source>
            <translation>Besetzung und Stil</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>Negativer Prompt</translation>
        </message>
        <message>
            <source>Leave out: what should not be seen</source>
            <translation>Auslassen: was nicht zu sehen sein soll</translation>
        </message>
        <message>
            <source>Look and camera</source>
            <translation>Look und Kamera</translation>
        </message>
        <message>
            <source>References</source>
            <translation>Referenzen</translation>
        </message>
        <message>
            <source>Drop a first frame</source>
            <translation>Erstes Bild hier ablegen</translation>
        </message>
        <message>
            <source>First frame</source>
            <translation>Erstes Bild</translation>
        </message>
        <message>
            <source>Drop a last frame</source>
            <translation>Letztes Bild hier ablegen</translation>
        </message>
        <message>
            <source>Last frame</source>
            <translation>Letztes Bild</translation>
        </message>
        <message>
            <source>Shot %1</source>
            <translation>Shot %1</translation>
        </message>
        <message>
            <source>No shot</source>
            <translation>Kein Shot</translation>
        </message>
        <message>
            <source>Choose a picture…</source>
            <translation>Bild wählen …</translation>
        </message>
        <message>
            <source>Choose a picture</source>
            <translation>Bild wählen</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)</source>
            <translation>Bilder (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)</translation>
        </message>
        <message>
            <source>Last frame of the shot before</source>
            <translation>Letztes Bild des vorigen Shots</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>%1 · %2 frames</source>
            <translation>%1 · %2 Bilder</translation>
        </message>
        <message>
            <source>Make something of the take that is there</source>
            <translation>Etwas aus dem vorhandenen Take machen</translation>
        </message>
        <message>
            <source>Drop a frame between</source>
            <translation>Zwischenbild hier ablegen</translation>
        </message>
        <message>
            <source>Frame between</source>
            <translation>Bild dazwischen</translation>
        </message>
        <message>
            <source>Frame %1</source>
            <translation>Bild %1</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>What the player shows</source>
            <translation>Was der Player zeigt</translation>
        </message>
        <message>
            <source>First frame of the next shot</source>
            <translation>Erstes Bild des nächsten Shots</translation>
        </message>
        <message>
            <source>Preview while typing</source>
            <translation>Vorschau beim Schreiben</translation>
        </message>
    </context>
    <context>
        <name>StallOverlay</name>
        <message>
            <source>Stall meter</source>
            <translation>Ruckelmesser</translation>
        </message>
        <message>
            <source>Event loop: half %1, 95 % %2, worst %3 ms</source>
            <translation>Ereignisschleife: Hälfte %1, 95 % %2, längste %3 ms</translation>
        </message>
        <message numerus="yes">
            <source>%n stalls over %1 ms, %2 of them Kinora&apos;s own</source>
            <translation>
                <numerusform>%n Hänger über %1 ms, davon %2 von Kinora selbst</numerusform>
                <numerusform>%n Hänger über %1 ms, davon %2 von Kinora selbst</numerusform>
            </translation>
        </message>
        <message>
            <source>Last: %1 ms, %2 computed, %3 without a processor, %4 waiting</source>
            <translation>Zuletzt: %1 ms, %2 gerechnet, %3 ohne Prozessor, %4 gewartet</translation>
        </message>
    </context>
    <context>
        <name>Stepper</name>
        <message>
            <source>Fewer</source>
            <translation>Weniger</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
    </context>
    <context>
        <name>StoryboardBar</name>
        <message>
            <source>Snap on</source>
            <translation>Einrasten an</translation>
        </message>
        <message>
            <source>Snap off</source>
            <translation>Einrasten aus</translation>
        </message>
        <message>
            <source>Zoom of the timeline</source>
            <translation>Zoom der Timeline</translation>
        </message>
    </context>
    <context>
        <name>StoryboardCommands</name>
        <message>
            <source>Cut</source>
            <translation>Ausschneiden</translation>
        </message>
        <message>
            <source>Delete shots</source>
            <translation>Shots löschen</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Add marker</source>
            <translation>Marker hinzufügen</translation>
        </message>
        <message>
            <source>Unmute sound</source>
            <translation>Ton einschalten</translation>
        </message>
        <message>
            <source>Mute sound</source>
            <translation>Ton stummschalten</translation>
        </message>
        <message>
            <source>Fade sound</source>
            <translation>Ton blenden</translation>
        </message>
        <message>
            <source>Change gain</source>
            <translation>Pegel ändern</translation>
        </message>
        <message>
            <source>Add sound track</source>
            <translation>Tonspur hinzufügen</translation>
        </message>
        <message>
            <source>Delete sound track</source>
            <translation>Tonspur löschen</translation>
        </message>
        <message>
            <source>Unmute track</source>
            <translation>Spur einschalten</translation>
        </message>
        <message>
            <source>Mute track</source>
            <translation>Spur stummschalten</translation>
        </message>
        <message>
            <source>Change track's gain</source>
            <translation>Pegel der Spur ändern</translation>
        </message>
        <message>
            <source>Rename track</source>
            <translation>Spur umbenennen</translation>
        </message>
        <message>
            <source>Split shot</source>
            <translation>Shot teilen</translation>
        </message>
        <message>
            <source>Split sound</source>
            <translation>Ton teilen</translation>
        </message>
        <message>
            <source>Duplicate shots</source>
            <translation>Shots duplizieren</translation>
        </message>
        <message>
            <source>Duplicate sound</source>
            <translation>Ton duplizieren</translation>
        </message>
        <message>
            <source>Duplicate shot</source>
            <translation>Shot duplizieren</translation>
        </message>
        <message>
            <source>Lift shots</source>
            <translation>Shots herausheben</translation>
        </message>
        <message>
            <source>Lift shot</source>
            <translation>Shot herausheben</translation>
        </message>
        <message>
            <source>Trim start</source>
            <translation>Anfang trimmen</translation>
        </message>
        <message>
            <source>Trim end</source>
            <translation>Ende trimmen</translation>
        </message>
        <message>
            <source>Slip</source>
            <translation>Inhalt verschieben</translation>
        </message>
        <message>
            <source>Move shots</source>
            <translation>Shots verschieben</translation>
        </message>
        <message>
            <source>Move shot</source>
            <translation>Shot verschieben</translation>
        </message>
        <message>
            <source>Insert gap</source>
            <translation>Lücke einfügen</translation>
        </message>
    </context>
    <context>
        <name>StoryboardMenus</name>
        <message>
            <source>Transition</source>
            <translation>Übergang</translation>
        </message>
        <message>
            <source> dB</source>
            <translation> dB</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>Pegel</translation>
        </message>
        <message>
            <source>Name of the track</source>
            <translation>Name der Spur</translation>
        </message>
        <message>
            <source>Mute the track</source>
            <translation>Spur stummschalten</translation>
        </message>
        <message>
            <source>Gain of the track</source>
            <translation>Pegel der Spur</translation>
        </message>
        <message>
            <source>Delete the track</source>
            <translation>Spur löschen</translation>
        </message>
        <message>
            <source>Dissolve here</source>
            <translation>Hier überblenden</translation>
        </message>
        <message>
            <source>Dip to black here</source>
            <translation>Hier über Schwarz blenden</translation>
        </message>
        <message>
            <source>Dip to white here</source>
            <translation>Hier über Weiß blenden</translation>
        </message>
        <message>
            <source>Write the note</source>
            <translation>Notiz schreiben</translation>
        </message>
    </context>
    <context>
        <name>StoryboardPainter</name>
        <message>
            <source>Gap · %1</source>
            <translation>Lücke · %1</translation>
        </message>
        <message>
            <source>Gap</source>
            <translation>Lücke</translation>
        </message>
        <message numerus="yes">
            <source> · %n takes</source>
            <translation>
                <numerusform> · %n Take</numerusform>
                <numerusform> · %n Takes</numerusform>
            </translation>
        </message>
        <message>
            <source>Waiting for its first picture</source>
            <translation>Wartet auf sein erstes Bild</translation>
        </message>
        <message>
            <source>No take yet</source>
            <translation>Noch kein Take</translation>
        </message>
        <message>
            <source>File missing</source>
            <translation>Datei fehlt</translation>
        </message>
        <message>
            <source>Can't be read</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>%1 · muted</source>
            <translation>%1 · stumm</translation>
        </message>
        <message>
            <source>+ Shot</source>
            <translation>+ Shot</translation>
        </message>
        <message>
            <source>A film starts with one shot. Type a prompt, press Generate, and it lies here. Videos, pictures and sound can be dropped here too.</source>
            <translation>Ein Film beginnt mit einem Shot. Schreiben Sie einen Prompt, drücken Sie Generieren, und er liegt hier. Auch Videos, Bilder und Ton lassen sich hier ablegen.</translation>
        </message>
        <message>
            <source>Shots</source>
            <translation>Shots</translation>
        </message>
    </context>
    <context>
        <name>StoryboardSource</name>
        <message>
            <source>This shot has no take yet.</source>
            <translation>Dieser Shot hat noch keinen Take.</translation>
        </message>
    </context>
    <context>
        <name>StoryboardView</name>
        <message>
            <source>Split shot</source>
            <translation>Shot teilen</translation>
        </message>
        <message>
            <source>Roll cut</source>
            <translation>Schnitt rollen</translation>
        </message>
        <message>
            <source>Roll %1</source>
            <translation>%1 gerollt</translation>
        </message>
        <message>
            <source>Slip shot</source>
            <translation>Inhalt des Shots verschieben</translation>
        </message>
        <message>
            <source>Slip %1</source>
            <translation>Inhalt um %1 verschoben</translation>
        </message>
        <message>
            <source>Move marker</source>
            <translation>Marker verschieben</translation>
        </message>
        <message>
            <source>Change transition</source>
            <translation>Übergang ändern</translation>
        </message>
        <message>
            <source>Move shots</source>
            <translation>Shots verschieben</translation>
        </message>
        <message>
            <source>Move shot</source>
            <translation>Shot verschieben</translation>
        </message>
        <message>
            <source>Fade in %1</source>
            <translation>Einblendung %1</translation>
        </message>
        <message>
            <source>Fade out %1</source>
            <translation>Ausblendung %1</translation>
        </message>
        <message>
            <source>Trim sound</source>
            <translation>Ton trimmen</translation>
        </message>
        <message>
            <source>Fade sound</source>
            <translation>Ton blenden</translation>
        </message>
        <message>
            <source>Change gain</source>
            <translation>Pegel ändern</translation>
        </message>
        <message>
            <source>Slip sound</source>
            <translation>Inhalt des Tons verschieben</translation>
        </message>
        <message>
            <source>Move sound</source>
            <translation>Ton verschieben</translation>
        </message>
        <message>
            <source>Split sound</source>
            <translation>Ton teilen</translation>
        </message>
        <message numerus="yes">
            <source>%n shots; chosen: %1</source>
            <translation>
                <numerusform>%n Shot; gewählt: %1</numerusform>
                <numerusform>%n Shots; gewählt: %1</numerusform>
            </translation>
        </message>
        <message>
            <source>Storyboard</source>
            <translation>Storyboard</translation>
        </message>
    </context>
    <context>
        <name>StudioSession</name>
        <message>
            <source>Shot %1 · %2</source>
            <translation>Shot %1 · %2</translation>
        </message>
        <message>
            <source>about %1 · %2</source>
            <translation>etwa %1 · %2</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Import media</source>
            <translation>Medien importieren</translation>
        </message>
        <message>
            <source>Import timeline</source>
            <translation>Timeline importieren</translation>
        </message>
    </context>
    <context>
        <name>SuiteSection</name>
        <message>
            <source>For editing suites, with all media</source>
            <translation>Für Schnittprogramme, mit allen Medien</translation>
        </message>
        <message>
            <source>OTIO</source>
            <translation>OTIO</translation>
        </message>
        <message>
            <source>OpenTimelineIO: Resolve, Premiere. All takes, markers and sound travel along.</source>
            <translation>OpenTimelineIO: Resolve, Premiere. Alle Takes, Marker und Töne reisen mit.</translation>
        </message>
        <message>
            <source>OTIOZ</source>
            <translation>OTIOZ</translation>
        </message>
        <message>
            <source>OpenTimelineIO and its media in one file.</source>
            <translation>OpenTimelineIO und seine Medien in einer Datei.</translation>
        </message>
        <message>
            <source>FCPXML</source>
            <translation>FCPXML</translation>
        </message>
        <message>
            <source>Final Cut Pro. Takes become auditions.</source>
            <translation>Final Cut Pro. Takes werden zu Auditions.</translation>
        </message>
        <message>
            <source>XML</source>
            <translation>XML</translation>
        </message>
        <message>
            <source>Premiere, Resolve, Kdenlive: the XML of Final Cut Pro 7.</source>
            <translation>Premiere, Resolve, Kdenlive: das XML von Final Cut Pro 7.</translation>
        </message>
        <message>
            <source>EDL</source>
            <translation>EDL</translation>
        </message>
        <message>
            <source>CMX 3600: cuts and dissolves only, read everywhere.</source>
            <translation>CMX 3600: nur Schnitte und Überblendungen, überall lesbar.</translation>
        </message>
        <message>
            <source>Sign with content credentials</source>
            <translation>Mit Content Credentials signieren</translation>
        </message>
        <message>
            <source>C2PA: who checks the file sees that a model made it, and whether it was changed since.</source>
            <translation>C2PA: Wer die Datei prüft, sieht, dass ein Modell sie gemacht hat und ob sie seither verändert wurde.</translation>
        </message>
        <message>
            <source>valid, signer not on a trust list</source>
            <translation>gültig, Unterzeichner auf keiner Vertrauensliste</translation>
        </message>
        <message>
            <source>Your key is made on this computer; nobody has to vouch for it. That is what a checker will say.</source>
            <translation>Ihr Schlüssel entsteht auf diesem Computer; niemand muss für ihn bürgen. Genau das wird ein Prüfprogramm sagen.</translation>
        </message>
        <message>
            <source>What the file tells…</source>
            <translation>Was die Datei verrät …</translation>
        </message>
        <message>
            <source>What the file tells</source>
            <translation>Was die Datei verrät</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>a label and its value</comment>
            <translation>%1: %2</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>und %n weiterer Eintrag</numerusform>
                <numerusform>und %n weitere Einträge</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing about how it was made.</source>
            <translation>Nichts darüber, wie sie entstand.</translation>
        </message>
    </context>
    <context>
        <name>TakeBinding</name>
        <message>
            <source>Take %1 is off the list. Its files stay until a clean-up.</source>
            <translation>Take %1 ist von der Liste. Seine Dateien bleiben bis zum Aufräumen.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Widerrufen</translation>
        </message>
        <message>
            <source>The prompt is empty: describe what the shot shows.</source>
            <translation>Der Prompt ist leer: Beschreiben Sie, was der Shot zeigt.</translation>
        </message>
        <message>
            <source>The job has started already; it was left as it is.</source>
            <translation>Der Auftrag hat schon begonnen; er blieb, wie er ist.</translation>
        </message>
        <message>
            <source>Prompt and settings are those of %1.</source>
            <translation>Prompt und Einstellungen sind die von %1.</translation>
        </message>
    </context>
    <context>
        <name>TakeLineage</name>
        <message>
            <source>%1 of take %2</source>
            <translation>%1 von Take %2</translation>
        </message>
    </context>
    <context>
        <name>TakeRow</name>
        <message>
            <source>Star this take</source>
            <translation>Diesem Take einen Stern geben</translation>
        </message>
    </context>
    <context>
        <name>TakesPanel</name>
        <message>
            <source>Take %1</source>
            <translation>Take %1</translation>
        </message>
        <message>
            <source>seed %1 · %2 steps</source>
            <translation>Seed %1 · %2 Schritte</translation>
        </message>
        <message>
            <source>imported</source>
            <translation>importiert</translation>
        </message>
        <message>
            <source>No takes yet</source>
            <translation>Noch keine Takes</translation>
        </message>
        <message>
            <source>Every press of Generate adds a take of this shot here. Star the ones you like, compare them, go back to any of them.</source>
            <translation>Jeder Druck auf Generieren legt hier einen Take dieses Shots ab. Geben Sie denen, die gefallen, einen Stern, vergleichen Sie sie, kehren Sie zu jedem zurück.</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <source>Rendering</source>
            <translation>Rendert</translation>
        </message>
        <message>
            <source>In the queue</source>
            <translation>In der Warteschlange</translation>
        </message>
        <message>
            <source>Compare with the take shown</source>
            <translation>Mit dem gezeigten Take vergleichen</translation>
        </message>
        <message>
            <source>Use these settings</source>
            <translation>Diese Einstellungen verwenden</translation>
        </message>
        <message>
            <source>Show the file</source>
            <translation>Datei zeigen</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste entfernen</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Takes in rows</source>
            <translation>Takes in Zeilen</translation>
        </message>
        <message>
            <source>Takes in a grid</source>
            <translation>Takes im Raster</translation>
        </message>
        <message>
            <source>What was made of what</source>
            <translation>Was aus was entstand</translation>
        </message>
        <message>
            <source>Again, with another seed</source>
            <translation>Noch einmal, mit anderem Seed</translation>
        </message>
        <message>
            <source>Make of it</source>
            <translation>Daraus machen</translation>
        </message>
        <message>
            <source>Give the shot this picture</source>
            <translation>Dem Shot dieses Bild geben</translation>
        </message>
        <message>
            <source>As its first frame</source>
            <translation>Als sein erstes Bild</translation>
        </message>
        <message>
            <source>As its last frame</source>
            <translation>Als sein letztes Bild</translation>
        </message>
        <message>
            <source>The take's last frame as first</source>
            <translation>Letztes Bild des Takes als erstes</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausiert</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Project name</source>
            <translation>Name des Projekts</translation>
        </message>
        <message>
            <source>Rename the project</source>
            <translation>Projekt umbenennen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export options</source>
            <translation>Exportoptionen</translation>
        </message>
        <message>
            <source>saved</source>
            <translation>gespeichert</translation>
        </message>
        <message>
            <source>saving…</source>
            <translation>wird gespeichert …</translation>
        </message>
        <message>
            <source>not saved</source>
            <translation>nicht gespeichert</translation>
        </message>
        <message>
            <source>read-only</source>
            <translation>nur lesbar</translation>
        </message>
    </context>
    <context>
        <name>TransportBar</name>
        <message>
            <source>In, out and length</source>
            <translation>In, Out und Länge</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Geschwindigkeit</translation>
        </message>
        <message>
            <source>A/B</source>
            <translation>A/B</translation>
        </message>
        <message>
            <source>Compare takes</source>
            <translation>Takes vergleichen</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Length %1</source>
            <translation>Länge %1</translation>
        </message>
        <message>
            <source>In %1</source>
            <translation>In %1</translation>
        </message>
        <message>
            <source>Out %1</source>
            <translation>Out %1</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
    </context>
    <context>
        <name>VerbBar</name>
        <message>
            <source>What can be made of the selected take</source>
            <translation>Was sich aus dem gewählten Take machen lässt</translation>
        </message>
    </context>
    <context>
        <name>VerbDesk</name>
        <message>
            <source>Blend of shot %1 into shot %2</source>
            <translation>Überleitung von Shot %1 zu Shot %2</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>Überleitung</translation>
        </message>
        <message>
            <source>%1 can't do this; none of the installed models can.</source>
            <translation>%1 kann das nicht; keines der installierten Modelle kann es.</translation>
        </message>
        <message>
            <source>%1 can't do this; %2 can.</source>
            <translation>%1 kann das nicht; %2 kann es.</translation>
        </message>
        <message>
            <source>There is no shot before this one.</source>
            <translation>Vor diesem Shot liegt keiner.</translation>
        </message>
        <message>
            <source>The shot before has no take yet.</source>
            <translation>Der vorige Shot hat noch keinen Take.</translation>
        </message>
        <message>
            <source>This shot has no take yet: generate one first.</source>
            <translation>Dieser Shot hat noch keinen Take: Generieren Sie zuerst einen.</translation>
        </message>
        <message>
            <source>The model of this take, “%1”, isn't installed.</source>
            <translation>Das Modell dieses Takes, „%1“, ist nicht installiert.</translation>
        </message>
        <message>
            <source>A still picture has no motion to work with.</source>
            <translation>Ein Standbild hat keine Bewegung, mit der sich arbeiten ließe.</translation>
        </message>
        <message>
            <source>Set the in or out point around what is to stay first.</source>
            <translation>Setzen Sie zuerst den In- oder Out-Punkt um das, was bleiben soll.</translation>
        </message>
        <message>
            <source>There is no shot behind this one to lead to.</source>
            <translation>Hinter diesem Shot liegt keiner, zu dem übergeleitet werden könnte.</translation>
        </message>
        <message>
            <source>The shot behind this one has no take yet.</source>
            <translation>Der nächste Shot hat noch keinen Take.</translation>
        </message>
        <message>
            <source>Shot %1 · %2 of take %3</source>
            <translation>Shot %1 · %2 von Take %3</translation>
        </message>
        <message>
            <source>Shot %1 · take %2 again</source>
            <translation>Shot %1 · Take %2 noch einmal</translation>
        </message>
        <message>
            <source>This take has no clip.</source>
            <translation>Dieser Take hat keinen Clip.</translation>
        </message>
        <message>
            <source>Take %1 is as large as that already.</source>
            <translation>Take %1 ist schon so groß.</translation>
        </message>
        <message>
            <source>%1 frames a second</source>
            <translation>%1 Bilder pro Sekunde</translation>
        </message>
        <message>
            <source>Shot %1 · take %2 · %3</source>
            <translation>Shot %1 · Take %2 · %3</translation>
        </message>
    </context>
    <context>
        <name>VerbMenu</name>
        <message>
            <source>Make of this take</source>
            <translation>Aus diesem Take machen</translation>
        </message>
    </context>
    <context>
        <name>VerbText</name>
        <message>
            <source>Variation</source>
            <translation>Variation</translation>
        </message>
        <message>
            <source>Remix</source>
            <translation>Remix</translation>
        </message>
        <message>
            <source>Re-cut</source>
            <translation>Neufassung</translation>
        </message>
        <message>
            <source>Extended in front</source>
            <translation>Vorn verlängert</translation>
        </message>
        <message>
            <source>Extended</source>
            <translation>Verlängert</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>Überleitung</translation>
        </message>
        <message>
            <source>Chained</source>
            <translation>Angeschlossen</translation>
        </message>
        <message>
            <source>Upscaled</source>
            <translation>Hochskaliert</translation>
        </message>
        <message>
            <source>Interpolated</source>
            <translation>Zwischenbilder erzeugt</translation>
        </message>
    </context>
    <context>
        <name>WayText</name>
        <message>
            <source>It can't be made smaller than it is.</source>
            <translation>Kleiner, als es ist, geht es nicht.</translation>
        </message>
    </context>
    <context>
        <name>WaysOut</name>
        <message>
            <source>Smaller size</source>
            <translation>Kleinere Größe</translation>
        </message>
        <message>
            <source>Half of the pixels, and try again</source>
            <translation>Die Hälfte der Bildpunkte und erneut versuchen</translation>
        </message>
        <message>
            <source>Shorter</source>
            <translation>Kürzer</translation>
        </message>
        <message>
            <source>Half of the frames, and try again</source>
            <translation>Die Hälfte der Bilder und erneut versuchen</translation>
        </message>
        <message>
            <source>Decode tiled</source>
            <translation>Gekachelt dekodieren</translation>
        </message>
        <message>
            <source>Make the pictures in tiles, which needs less memory; what is sampled is kept</source>
            <translation>Die Bilder in Kacheln erzeugen, was weniger Speicher braucht; das Gesampelte bleibt</translation>
        </message>
        <message>
            <source>Use the processor</source>
            <translation>Prozessor verwenden</translation>
        </message>
        <message>
            <source>Slower, and needs no graphics card</source>
            <translation>Langsamer, braucht aber keine Grafikkarte</translation>
        </message>
        <message>
            <source>Open Models</source>
            <translation>Modelle öffnen</translation>
        </message>
        <message>
            <source>See what is installed</source>
            <translation>Sehen, was installiert ist</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>Bearbeiten …</translation>
        </message>
        <message>
            <source>Change prompt, seed and steps, and try again</source>
            <translation>Prompt, Seed und Schritte ändern und erneut versuchen</translation>
        </message>
        <message>
            <source>A clip that is made from a take has that take's size.</source>
            <translation>Ein Clip, der aus einem Take entsteht, hat dessen Größe.</translation>
        </message>
    </context>
    <context>
        <name>kinora::ui</name>
        <message>
            <source>Play</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Play or pause</source>
            <translation>Wiedergabe oder Pause</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Pause on this frame</source>
            <translation>Auf diesem Bild anhalten</translation>
        </message>
        <message>
            <source>Shuttle forward</source>
            <translation>Shuttle vorwärts</translation>
        </message>
        <message>
            <source>Play; each press twice as fast</source>
            <translation>Wiedergabe; jeder Druck doppelt so schnell</translation>
        </message>
        <message>
            <source>Shuttle backward</source>
            <translation>Shuttle rückwärts</translation>
        </message>
        <message>
            <source>Play backwards; each press twice as fast</source>
            <translation>Rückwärts abspielen; jeder Druck doppelt so schnell</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <source>The next higher playing speed</source>
            <translation>Die nächsthöhere Geschwindigkeit</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <source>The next lower playing speed</source>
            <translation>Die nächstniedrigere Geschwindigkeit</translation>
        </message>
        <message>
            <source>Speed ¼×</source>
            <translation>Geschwindigkeit ¼×</translation>
        </message>
        <message>
            <source>Play at a quarter of the speed</source>
            <translation>Mit einem Viertel der Geschwindigkeit abspielen</translation>
        </message>
        <message>
            <source>Speed ½×</source>
            <translation>Geschwindigkeit ½×</translation>
        </message>
        <message>
            <source>Play at half the speed</source>
            <translation>Mit halber Geschwindigkeit abspielen</translation>
        </message>
        <message>
            <source>Speed 1×</source>
            <translation>Geschwindigkeit 1×</translation>
        </message>
        <message>
            <source>Play in real time</source>
            <translation>In Echtzeit abspielen</translation>
        </message>
        <message>
            <source>Speed 2×</source>
            <translation>Geschwindigkeit 2×</translation>
        </message>
        <message>
            <source>Play twice as fast</source>
            <translation>Doppelt so schnell abspielen</translation>
        </message>
        <message>
            <source>Speed 4×</source>
            <translation>Geschwindigkeit 4×</translation>
        </message>
        <message>
            <source>Play four times as fast</source>
            <translation>Viermal so schnell abspielen</translation>
        </message>
        <message>
            <source>One frame on</source>
            <translation>Ein Bild vor</translation>
        </message>
        <message>
            <source>One frame back</source>
            <translation>Ein Bild zurück</translation>
        </message>
        <message>
            <source>One second on</source>
            <translation>Eine Sekunde vor</translation>
        </message>
        <message>
            <source>One second back</source>
            <translation>Eine Sekunde zurück</translation>
        </message>
        <message>
            <source>Next edit point</source>
            <translation>Nächster Schnittpunkt</translation>
        </message>
        <message>
            <source>To the next cut, in or out point</source>
            <translation>Zum nächsten Schnitt, In- oder Out-Punkt</translation>
        </message>
        <message>
            <source>Previous edit point</source>
            <translation>Voriger Schnittpunkt</translation>
        </message>
        <message>
            <source>To the cut, in or out point before</source>
            <translation>Zum vorigen Schnitt, In- oder Out-Punkt</translation>
        </message>
        <message>
            <source>To the in point</source>
            <translation>Zum In-Punkt</translation>
        </message>
        <message>
            <source>To the out point</source>
            <translation>Zum Out-Punkt</translation>
        </message>
        <message>
            <source>Mark in</source>
            <translation>In-Punkt setzen</translation>
        </message>
        <message>
            <source>The shot begins with this frame</source>
            <translation>Der Shot beginnt mit diesem Bild</translation>
        </message>
        <message>
            <source>Mark out</source>
            <translation>Out-Punkt setzen</translation>
        </message>
        <message>
            <source>The shot ends with this frame</source>
            <translation>Der Shot endet mit diesem Bild</translation>
        </message>
        <message>
            <source>Clear in and out</source>
            <translation>In und Out löschen</translation>
        </message>
        <message>
            <source>In and out go to the ends of the clip</source>
            <translation>In und Out gehen an die Enden des Clips</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>Begin again at the out point</source>
            <translation>Am Out-Punkt von vorn beginnen</translation>
        </message>
        <message>
            <source>Compare takes</source>
            <translation>Takes vergleichen</translation>
        </message>
        <message>
            <source>Look at this take together with another</source>
            <translation>Diesen Take zusammen mit einem anderen ansehen</translation>
        </message>
        <message>
            <source>Wipe</source>
            <translation>Wischen</translation>
        </message>
        <message>
            <source>A at the left of a divider that can be dragged, B at the right</source>
            <translation>A links einer verschiebbaren Trennlinie, B rechts</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>A and B whole, beside each other</source>
            <translation>A und B ganz, nebeneinander</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <source>What differs between A and B, brightened</source>
            <translation>Was A und B unterscheidet, aufgehellt</translation>
        </message>
        <message>
            <source>Swap A and B</source>
            <translation>A und B tauschen</translation>
        </message>
        <message>
            <source>A goes where B is</source>
            <translation>A kommt an die Stelle von B</translation>
        </message>
        <message>
            <source>Next way to compare</source>
            <translation>Nächste Vergleichsart</translation>
        </message>
        <message>
            <source>Wipe, side by side, difference in turn</source>
            <translation>Wischen, nebeneinander und Differenz der Reihe nach</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Hineinzoomen</translation>
        </message>
        <message>
            <source>Enlarge the picture</source>
            <translation>Bild vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Herauszoomen</translation>
        </message>
        <message>
            <source>Reduce the picture</source>
            <translation>Bild verkleinern</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <source>Show the whole picture</source>
            <translation>Das ganze Bild zeigen</translation>
        </message>
        <message>
            <source>50 %</source>
            <translation>50 %</translation>
        </message>
        <message>
            <source>Zoom to 50 %</source>
            <translation>Auf 50 % zoomen</translation>
        </message>
        <message>
            <source>100 %</source>
            <translation>100 %</translation>
        </message>
        <message>
            <source>One point of the picture is one of the screen</source>
            <translation>Ein Bildpunkt ist ein Punkt des Bildschirms</translation>
        </message>
        <message>
            <source>200 %</source>
            <translation>200 %</translation>
        </message>
        <message>
            <source>Zoom to 200 %</source>
            <translation>Auf 200 % zoomen</translation>
        </message>
        <message>
            <source>400 %</source>
            <translation>400 %</translation>
        </message>
        <message>
            <source>Zoom to 400 %</source>
            <translation>Auf 400 % zoomen</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>The picture alone on this screen</source>
            <translation>Das Bild allein auf diesem Bildschirm</translation>
        </message>
        <message>
            <source>Second screen</source>
            <translation>Zweiter Bildschirm</translation>
        </message>
        <message>
            <source>The picture on another screen too</source>
            <translation>Das Bild auch auf einem anderen Bildschirm</translation>
        </message>
        <message>
            <source>Safe areas</source>
            <translation>Schutzbereiche</translation>
        </message>
        <message>
            <source>Lines at 93 % and 90 % of the picture</source>
            <translation>Linien bei 93 % und 90 % des Bildes</translation>
        </message>
        <message>
            <source>Count in frames</source>
            <translation>In Bildern zählen</translation>
        </message>
        <message>
            <source>Frame numbers instead of timecode</source>
            <translation>Bildnummern statt Timecode</translation>
        </message>
        <message>
            <source>Count dropped frames</source>
            <translation>Ausgelassene Bilder zählen</translation>
        </message>
        <message>
            <source>Tell how many frames playback had to skip</source>
            <translation>Sagen, wie viele Bilder die Wiedergabe auslassen musste</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Play without sound</source>
            <translation>Ohne Ton abspielen</translation>
        </message>
        <message>
            <source>Save this frame as PNG</source>
            <translation>Dieses Bild als PNG speichern</translation>
        </message>
        <message>
            <source>A picture in the project's exports folder, with all bits of the clip</source>
            <translation>Ein Bild im Exportordner des Projekts, mit allen Bits des Clips</translation>
        </message>
        <message>
            <source>Use as first frame</source>
            <translation>Als erstes Bild verwenden</translation>
        </message>
        <message>
            <source>The next take begins with this picture</source>
            <translation>Der nächste Take beginnt mit diesem Bild</translation>
        </message>
        <message>
            <source>Frame %1</source>
            <translation>Bild %1</translation>
        </message>
        <message>
            <source>1 frame</source>
            <translation>1 Bild</translation>
        </message>
        <message>
            <source>%1 frames</source>
            <translation>%1 Bilder</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1 s</translation>
        </message>
        <message>
            <source>%1 fps</source>
            <translation>%1 B/s</translation>
        </message>
        <message>
            <source>Add a shot</source>
            <translation>Shot hinzufügen</translation>
        </message>
        <message>
            <source>A new shot behind the chosen one</source>
            <translation>Ein neuer Shot hinter dem gewählten</translation>
        </message>
        <message>
            <source>Import media…</source>
            <translation>Medien importieren …</translation>
        </message>
        <message>
            <source>Videos, pictures and sound from files</source>
            <translation>Videos, Bilder und Ton aus Dateien</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>Teilen</translation>
        </message>
        <message>
            <source>Cut the shot at the playhead</source>
            <translation>Den Shot an der Abspielposition schneiden</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Duplizieren</translation>
        </message>
        <message>
            <source>A copy of what is chosen, right behind it</source>
            <translation>Eine Kopie des Gewählten, direkt dahinter</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete what is chosen; the film closes up</source>
            <translation>Das Gewählte löschen; der Film rückt zusammen</translation>
        </message>
        <message>
            <source>Lift</source>
            <translation>Herausheben</translation>
        </message>
        <message>
            <source>Take shots away and leave a gap, so that nothing moves</source>
            <translation>Shots wegnehmen und eine Lücke lassen, damit sich nichts verschiebt</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>Ausschneiden</translation>
        </message>
        <message>
            <source>Take what is chosen to the clipboard</source>
            <translation>Das Gewählte in die Zwischenablage verschieben</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy what is chosen to the clipboard</source>
            <translation>Das Gewählte in die Zwischenablage kopieren</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Shots behind the chosen one, sound at the playhead</source>
            <translation>Shots hinter den gewählten, Ton an die Abspielposition</translation>
        </message>
        <message>
            <source>Choose all shots</source>
            <translation>Alle Shots wählen</translation>
        </message>
        <message>
            <source>Choose nothing</source>
            <translation>Nichts wählen</translation>
        </message>
        <message>
            <source>Trim start to the playhead</source>
            <translation>Anfang bis zur Abspielposition trimmen</translation>
        </message>
        <message>
            <source>Take away what is before the playhead</source>
            <translation>Wegnehmen, was vor der Abspielposition liegt</translation>
        </message>
        <message>
            <source>Trim end to the playhead</source>
            <translation>Ende bis zur Abspielposition trimmen</translation>
        </message>
        <message>
            <source>Take away what is behind the playhead</source>
            <translation>Wegnehmen, was hinter der Abspielposition liegt</translation>
        </message>
        <message>
            <source>Slip back</source>
            <translation>Inhalt zurückschieben</translation>
        </message>
        <message>
            <source>Show an earlier part of the take, by one frame</source>
            <translation>Einen früheren Teil des Takes zeigen, um ein Bild</translation>
        </message>
        <message>
            <source>Slip forward</source>
            <translation>Inhalt vorschieben</translation>
        </message>
        <message>
            <source>Show a later part of the take, by one frame</source>
            <translation>Einen späteren Teil des Takes zeigen, um ein Bild</translation>
        </message>
        <message>
            <source>Move left</source>
            <translation>Nach links</translation>
        </message>
        <message>
            <source>Before the shot at the left</source>
            <translation>Vor den Shot zur Linken</translation>
        </message>
        <message>
            <source>Move right</source>
            <translation>Nach rechts</translation>
        </message>
        <message>
            <source>Behind the shot at the right</source>
            <translation>Hinter den Shot zur Rechten</translation>
        </message>
        <message>
            <source>Insert a gap</source>
            <translation>Lücke einfügen</translation>
        </message>
        <message>
            <source>A second of black at the playhead</source>
            <translation>Eine Sekunde Schwarz an der Abspielposition</translation>
        </message>
        <message>
            <source>Dissolve</source>
            <translation>Überblendung</translation>
        </message>
        <message>
            <source>Dissolve at the cut nearest to the playhead, or into the chosen shots</source>
            <translation>Überblenden am nächstgelegenen Schnitt oder in die gewählten Shots</translation>
        </message>
        <message>
            <source>Dip to black</source>
            <translation>Blende über Schwarz</translation>
        </message>
        <message>
            <source>Through black at the cut</source>
            <translation>Am Schnitt durch Schwarz</translation>
        </message>
        <message>
            <source>Dip to white</source>
            <translation>Blende über Weiß</translation>
        </message>
        <message>
            <source>Through white at the cut</source>
            <translation>Am Schnitt durch Weiß</translation>
        </message>
        <message>
            <source>Plain cut</source>
            <translation>Harter Schnitt</translation>
        </message>
        <message>
            <source>No transition at the cut</source>
            <translation>Kein Übergang am Schnitt</translation>
        </message>
        <message>
            <source>Add a marker</source>
            <translation>Marker setzen</translation>
        </message>
        <message>
            <source>A marker at the playhead; again: write its note</source>
            <translation>Ein Marker an der Abspielposition; noch einmal: seine Notiz schreiben</translation>
        </message>
        <message>
            <source>Next marker</source>
            <translation>Nächster Marker</translation>
        </message>
        <message>
            <source>To the next marker</source>
            <translation>Zum nächsten Marker</translation>
        </message>
        <message>
            <source>Previous marker</source>
            <translation>Voriger Marker</translation>
        </message>
        <message>
            <source>To the marker before</source>
            <translation>Zum vorigen Marker</translation>
        </message>
        <message>
            <source>Add a sound track</source>
            <translation>Tonspur hinzufügen</translation>
        </message>
        <message>
            <source>An empty sound track below the others</source>
            <translation>Eine leere Tonspur unter den anderen</translation>
        </message>
        <message>
            <source>Mute the chosen sounds, or let them be heard again</source>
            <translation>Gewählte Töne stummschalten oder wieder hören lassen</translation>
        </message>
        <message>
            <source>Fade in</source>
            <translation>Einblenden</translation>
        </message>
        <message>
            <source>A second of fade at the start of the chosen sounds, or none</source>
            <translation>Eine Sekunde Einblendung am Anfang der gewählten Töne oder keine</translation>
        </message>
        <message>
            <source>Fade out</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>A second of fade at the end of the chosen sounds, or none</source>
            <translation>Eine Sekunde Ausblendung am Ende der gewählten Töne oder keine</translation>
        </message>
        <message>
            <source>Selection tool</source>
            <translation>Auswahlwerkzeug</translation>
        </message>
        <message>
            <source>Choose, move and trim</source>
            <translation>Wählen, verschieben und trimmen</translation>
        </message>
        <message>
            <source>Blade tool</source>
            <translation>Klinge</translation>
        </message>
        <message>
            <source>Cut where you click</source>
            <translation>Schneiden, wo Sie klicken</translation>
        </message>
        <message>
            <source>Slip tool</source>
            <translation>Inhalt-verschieben-Werkzeug</translation>
        </message>
        <message>
            <source>Drag the take under its cuts</source>
            <translation>Den Take unter seinen Schnitten ziehen</translation>
        </message>
        <message>
            <source>Snapping</source>
            <translation>Einrasten</translation>
        </message>
        <message>
            <source>Drags stick to cuts, markers and the playhead; Shift holds it off</source>
            <translation>Beim Ziehen rasten Schnitte, Marker und Abspielposition ein; Umschalt verhindert es</translation>
        </message>
        <message>
            <source>Fewer seconds, wider</source>
            <translation>Weniger Sekunden, breiter</translation>
        </message>
        <message>
            <source>More seconds, narrower</source>
            <translation>Mehr Sekunden, schmaler</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alles zeigen</translation>
        </message>
        <message>
            <source>The whole film in view</source>
            <translation>Der ganze Film im Blick</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>Shots to scale</source>
            <translation>Shots maßstäblich</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Karten</translation>
        </message>
        <message>
            <source>One picture a shot</source>
            <translation>Ein Bild pro Shot</translation>
        </message>
        <message>
            <source>Export from here</source>
            <translation>Export ab hier</translation>
        </message>
        <message>
            <source>The export begins at the playhead</source>
            <translation>Der Export beginnt an der Abspielposition</translation>
        </message>
        <message>
            <source>Export up to here</source>
            <translation>Export bis hier</translation>
        </message>
        <message>
            <source>The export ends with this frame</source>
            <translation>Der Export endet mit diesem Bild</translation>
        </message>
        <message>
            <source>Export everything</source>
            <translation>Alles exportieren</translation>
        </message>
        <message>
            <source>No export range</source>
            <translation>Kein Exportbereich</translation>
        </message>
        <message>
            <source>Previous cut</source>
            <translation>Voriger Schnitt</translation>
        </message>
        <message>
            <source>The playhead to the cut before</source>
            <translation>Abspielposition zum vorigen Schnitt</translation>
        </message>
        <message>
            <source>Next cut</source>
            <translation>Nächster Schnitt</translation>
        </message>
        <message>
            <source>The playhead to the next cut</source>
            <translation>Abspielposition zum nächsten Schnitt</translation>
        </message>
        <message>
            <source>To the start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <source>To the first frame</source>
            <translation>Zum ersten Bild</translation>
        </message>
        <message>
            <source>To the end</source>
            <translation>Zum Ende</translation>
        </message>
        <message>
            <source>To the last frame</source>
            <translation>Zum letzten Bild</translation>
        </message>
        <message>
            <source>Choose the shot before</source>
            <translation>Vorigen Shot wählen</translation>
        </message>
        <message>
            <source>Choose the next shot</source>
            <translation>Nächsten Shot wählen</translation>
        </message>
        <message>
            <source>Write the shot's prompt</source>
            <translation>Prompt des Shots schreiben</translation>
        </message>
        <message>
            <source>To the prompt of the chosen shot</source>
            <translation>Zum Prompt des gewählten Shots</translation>
        </message>
        <message>
            <source>Three variations</source>
            <translation>Drei Variationen</translation>
        </message>
        <message>
            <source>Three takes near to this one</source>
            <translation>Drei Takes nahe an diesem</translation>
        </message>
        <message>
            <source>Remix</source>
            <translation>Remix</translation>
        </message>
        <message>
            <source>The prompt as it is now, on this take's motion</source>
            <translation>Der Prompt, wie er jetzt ist, auf die Bewegung dieses Takes</translation>
        </message>
        <message>
            <source>Remix, near</source>
            <translation>Remix, nah</translation>
        </message>
        <message>
            <source>The prompt as it is now, close to this take</source>
            <translation>Der Prompt, wie er jetzt ist, dicht an diesem Take</translation>
        </message>
        <message>
            <source>Remix, far</source>
            <translation>Remix, fern</translation>
        </message>
        <message>
            <source>The prompt as it is now, with only this take's large forms</source>
            <translation>Der Prompt, wie er jetzt ist, nur mit den großen Formen dieses Takes</translation>
        </message>
        <message>
            <source>Re-cut</source>
            <translation>Neufassung</translation>
        </message>
        <message>
            <source>Keep what is between in and out, make the rest anew</source>
            <translation>Behalten, was zwischen In und Out liegt, den Rest neu erzeugen</translation>
        </message>
        <message>
            <source>Extend in front</source>
            <translation>Vorn verlängern</translation>
        </message>
        <message>
            <source>What comes before this take</source>
            <translation>Was vor diesem Take kommt</translation>
        </message>
        <message>
            <source>Extend</source>
            <translation>Verlängern</translation>
        </message>
        <message>
            <source>Go on from this take's end</source>
            <translation>Vom Ende dieses Takes an weiter</translation>
        </message>
        <message>
            <source>A new end that leads into the beginning</source>
            <translation>Ein neues Ende, das in den Anfang führt</translation>
        </message>
        <message>
            <source>Blend into the next shot</source>
            <translation>In den nächsten Shot überleiten</translation>
        </message>
        <message>
            <source>A new shot that leads from this one to the next</source>
            <translation>Ein neuer Shot, der von diesem zum nächsten führt</translation>
        </message>
        <message>
            <source>Begin where the shot before ends</source>
            <translation>Beginnen, wo der vorige Shot endet</translation>
        </message>
        <message>
            <source>The last frame of the shot before becomes the first of this one</source>
            <translation>Das letzte Bild des vorigen Shots wird das erste von diesem</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>%1 min %2 s</source>
            <translation>%1 min %2 s</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 h %2 min</translation>
        </message>
        <message>
            <source>%1 GB</source>
            <translation>%1 GB</translation>
        </message>
        <message>
            <source>%1 kB</source>
            <translation>%1 kB</translation>
        </message>
        <message>
            <source>%1 MB</source>
            <translation>%1 MB</translation>
        </message>
        <message>
            <source>New…</source>
            <translation>Neu …</translation>
        </message>
        <message>
            <source>A new project: name, size and frame rate</source>
            <translation>Ein neues Projekt: Name, Größe und Bildrate</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>Öffnen …</translation>
        </message>
        <message>
            <source>Open the folder of a project</source>
            <translation>Den Ordner eines Projekts öffnen</translation>
        </message>
        <message>
            <source>Save now</source>
            <translation>Jetzt speichern</translation>
        </message>
        <message>
            <source>Kinora saves by itself after every change; this saves at once</source>
            <translation>Kinora speichert nach jeder Änderung von selbst; dies speichert sofort</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>Speichern unter …</translation>
        </message>
        <message>
            <source>Copy the project with all its files and go on in the copy</source>
            <translation>Das Projekt mit allen Dateien kopieren und in der Kopie weiterarbeiten</translation>
        </message>
        <message>
            <source>A copy beside the project; this one stays open</source>
            <translation>Eine Kopie neben dem Projekt; dieses bleibt offen</translation>
        </message>
        <message>
            <source>Relink missing media…</source>
            <translation>Fehlende Medien verknüpfen …</translation>
        </message>
        <message>
            <source>Find files again that were moved or renamed</source>
            <translation>Verschobene oder umbenannte Dateien wiederfinden</translation>
        </message>
        <message>
            <source>Collect files</source>
            <translation>Dateien einsammeln</translation>
        </message>
        <message>
            <source>Copy every file from outside into the project, so that it can be moved as a whole</source>
            <translation>Jede Datei von außerhalb in das Projekt kopieren, damit es sich als Ganzes verschieben lässt</translation>
        </message>
        <message>
            <source>Disk use and clean-up…</source>
            <translation>Speicherplatz und Aufräumen …</translation>
        </message>
        <message>
            <source>How much room the project takes, and what could go</source>
            <translation>Wie viel Platz das Projekt braucht und was weg könnte</translation>
        </message>
        <message>
            <source>Earlier versions…</source>
            <translation>Frühere Fassungen …</translation>
        </message>
        <message>
            <source>The project as it was saved before</source>
            <translation>Das Projekt, wie es zuvor gespeichert war</translation>
        </message>
        <message>
            <source>Takes that no shot lists…</source>
            <translation>Takes, die kein Shot aufführt …</translation>
        </message>
        <message>
            <source>Takes that were rendered before a crash, or removed from their shots</source>
            <translation>Takes, die vor einem Absturz gerendert oder aus ihren Shots entfernt wurden</translation>
        </message>
        <message>
            <source>Show the project's folder</source>
            <translation>Projektordner zeigen</translation>
        </message>
        <message>
            <source>In the file manager</source>
            <translation>In der Dateiverwaltung</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>With the last choice, into the project's exports folder</source>
            <translation>Mit der letzten Auswahl, in den Exportordner des Projekts</translation>
        </message>
        <message>
            <source>Export options…</source>
            <translation>Exportoptionen …</translation>
        </message>
        <message>
            <source>What to export, and as what</source>
            <translation>Was exportiert wird und als was</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>What isn't saved yet is saved; the queue goes on at the next start</source>
            <translation>Was noch nicht gespeichert ist, wird gespeichert; die Warteschlange läuft beim nächsten Start weiter</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Widerrufen</translation>
        </message>
        <message>
            <source>Take the last step back</source>
            <translation>Den letzten Schritt zurücknehmen</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Do again what was taken back</source>
            <translation>Das Zurückgenommene erneut tun</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Every step of this session, to go back to</source>
            <translation>Jeder Schritt dieser Sitzung, um dorthin zurückzukehren</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Voreinstellungen …</translation>
        </message>
        <message>
            <source>Theme, scale, saving, keys</source>
            <translation>Design, Skalierung, Speichern, Tasten</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Generieren</translation>
        </message>
        <message>
            <source>Make the chosen shot's takes</source>
            <translation>Takes des gewählten Shots erzeugen</translation>
        </message>
        <message>
            <source>Add shot</source>
            <translation>Shot hinzufügen</translation>
        </message>
        <message>
            <source>A new shot behind the current one, ready to be described</source>
            <translation>Ein neuer Shot hinter dem jetzigen, bereit zum Beschreiben</translation>
        </message>
        <message>
            <source>Write the prompt</source>
            <translation>Prompt schreiben</translation>
        </message>
        <message>
            <source>The keys go to the prompt</source>
            <translation>Die Tasten gehen an den Prompt</translation>
        </message>
        <message>
            <source>Next take</source>
            <translation>Nächster Take</translation>
        </message>
        <message>
            <source>Show the shot's next take</source>
            <translation>Den nächsten Take des Shots zeigen</translation>
        </message>
        <message>
            <source>Take before</source>
            <translation>Voriger Take</translation>
        </message>
        <message>
            <source>Show the take before</source>
            <translation>Den vorigen Take zeigen</translation>
        </message>
        <message>
            <source>Star the take</source>
            <translation>Stern für den Take</translation>
        </message>
        <message>
            <source>Starred takes are never cleaned up</source>
            <translation>Takes mit Stern werden nie weggeräumt</translation>
        </message>
        <message>
            <source>Use the take's settings</source>
            <translation>Einstellungen des Takes verwenden</translation>
        </message>
        <message>
            <source>Prompt, seed and settings that this take was made with</source>
            <translation>Prompt, Seed und Einstellungen, mit denen dieser Take entstand</translation>
        </message>
        <message>
            <source>Remove the take from the list</source>
            <translation>Take aus der Liste entfernen</translation>
        </message>
        <message>
            <source>Its files stay until a clean-up</source>
            <translation>Seine Dateien bleiben bis zum Aufräumen</translation>
        </message>
        <message>
            <source>Show the take's file</source>
            <translation>Datei des Takes zeigen</translation>
        </message>
        <message>
            <source>Play the storyboard</source>
            <translation>Storyboard abspielen</translation>
        </message>
        <message>
            <source>From the playhead, through cuts and transitions</source>
            <translation>Von der Abspielposition an, über Schnitte und Übergänge</translation>
        </message>
        <message>
            <source>Pause the queue</source>
            <translation>Warteschlange pausieren</translation>
        </message>
        <message>
            <source>What runs goes on; nothing new starts</source>
            <translation>Was läuft, läuft weiter; Neues beginnt nicht</translation>
        </message>
        <message>
            <source>Clear finished jobs</source>
            <translation>Fertige Aufträge entfernen</translation>
        </message>
        <message>
            <source>Takes what is over off the queue's list</source>
            <translation>Nimmt Erledigtes von der Liste der Warteschlange</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>The takes of the chosen shot</source>
            <translation>Die Takes des gewählten Shots</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>What is rendered and what waits</source>
            <translation>Was gerendert wird und was wartet</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>All takes of the project</source>
            <translation>Alle Takes des Projekts</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>What is installed and what can be fetched</source>
            <translation>Was installiert ist und was sich laden lässt</translation>
        </message>
        <message>
            <source>Keys to the player</source>
            <translation>Tasten an den Player</translation>
        </message>
        <message>
            <source>The player hears the keys</source>
            <translation>Der Player hört auf die Tasten</translation>
        </message>
        <message>
            <source>Keys to the storyboard</source>
            <translation>Tasten an das Storyboard</translation>
        </message>
        <message>
            <source>The storyboard hears the keys</source>
            <translation>Das Storyboard hört auf die Tasten</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>Hell oder dunkel</translation>
        </message>
        <message>
            <source>The other theme</source>
            <translation>Das andere Design</translation>
        </message>
        <message>
            <source>Full screen window</source>
            <translation>Fenster im Vollbild</translation>
        </message>
        <message>
            <source>The window without its frame</source>
            <translation>Das Fenster ohne seinen Rahmen</translation>
        </message>
        <message>
            <source>Command palette…</source>
            <translation>Befehlspalette …</translation>
        </message>
        <message>
            <source>Find any action by its name</source>
            <translation>Jeden Befehl über seinen Namen finden</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>Tastenkürzel …</translation>
        </message>
        <message>
            <source>See and change the keys; layouts of other programs</source>
            <translation>Tasten ansehen und ändern; Belegungen anderer Programme</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Diagnose kopieren</translation>
        </message>
        <message>
            <source>Version, system and the end of the log to the clipboard; nothing is sent anywhere</source>
            <translation>Version, System und das Ende des Protokolls in die Zwischenablage; nichts wird versendet</translation>
        </message>
        <message>
            <source>About Kinora</source>
            <translation>Über Kinora</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Opens the menu</source>
            <translation>Öffnet das Menü</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Shot</source>
            <translation>Shot</translation>
        </message>
        <message>
            <source>Storyboard</source>
            <translation>Storyboard</translation>
        </message>
        <message>
            <source>Player</source>
            <translation>Player</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Trim and move</source>
            <translation>Trimmen und verschieben</translation>
        </message>
        <message>
            <source>Transition</source>
            <translation>Übergang</translation>
        </message>
        <message>
            <source>Markers</source>
            <translation>Marker</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Export range</source>
            <translation>Exportbereich</translation>
        </message>
        <message>
            <source>Go to</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Geschwindigkeit</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Version and licences</source>
            <translation>Version und Lizenzen</translation>
        </message>
        <message>
            <source>Upscale</source>
            <translation>Hochskalieren</translation>
        </message>
        <message>
            <source>This take at the project's height, drawn finer by a network</source>
            <translation>Dieser Take in der Höhe des Projekts, von einem Netz feiner gezeichnet</translation>
        </message>
        <message>
            <source>Upscale, twice as large</source>
            <translation>Hochskalieren, doppelt so groß</translation>
        </message>
        <message>
            <source>This take at twice its width and height</source>
            <translation>Dieser Take in doppelter Breite und Höhe</translation>
        </message>
        <message>
            <source>Upscale to 4K</source>
            <translation>Hochskalieren auf 4K</translation>
        </message>
        <message>
            <source>This take with 2160 lines</source>
            <translation>Dieser Take mit 2160 Zeilen</translation>
        </message>
        <message>
            <source>Interpolate</source>
            <translation>Zwischenbilder</translation>
        </message>
        <message>
            <source>Frames between this take's frames, at the project's rate</source>
            <translation>Bilder zwischen den Bildern dieses Takes, in der Rate des Projekts</translation>
        </message>
        <message>
            <source>Interpolate, twice as many frames</source>
            <translation>Zwischenbilder, doppelt so viele Bilder</translation>
        </message>
        <message>
            <source>One new frame between every two</source>
            <translation>Ein neues Bild zwischen je zweien</translation>
        </message>
        <message>
            <source>Preview while typing</source>
            <translation>Vorschau beim Schreiben</translation>
        </message>
        <message>
            <source>When you pause, the prompt shows itself moving; a quick draft that is not kept</source>
            <translation>Beim Innehalten zeigt sich der Prompt in Bewegung; ein schneller Entwurf, der nicht aufbewahrt wird</translation>
        </message>
    </context>
    <context>
        <name>kinora::ui::CommandBook</name>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Shot</source>
            <translation>Shot</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Takes</translation>
        </message>
        <message>
            <source>Storyboard</source>
            <translation>Storyboard</translation>
        </message>
        <message>
            <source>Player</source>
            <translation>Player</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Nothing is chosen on the storyboard</source>
            <translation>Auf dem Storyboard ist nichts gewählt</translation>
        </message>
        <message>
            <source>No shot is chosen on the storyboard</source>
            <translation>Auf dem Storyboard ist kein Shot gewählt</translation>
        </message>
        <message>
            <source>No shot or sound is chosen on the storyboard</source>
            <translation>Auf dem Storyboard ist weder Shot noch Ton gewählt</translation>
        </message>
        <message>
            <source>No sound is chosen on the storyboard</source>
            <translation>Auf dem Storyboard ist kein Ton gewählt</translation>
        </message>
        <message>
            <source>There is no cut: the storyboard has one shot</source>
            <translation>Es gibt keinen Schnitt: Das Storyboard hat einen Shot</translation>
        </message>
        <message>
            <source>There is no marker yet</source>
            <translation>Es gibt noch keinen Marker</translation>
        </message>
        <message>
            <source>No export range is set</source>
            <translation>Es ist kein Exportbereich gesetzt</translation>
        </message>
        <message>
            <source>Only on the timeline, not on cards</source>
            <translation>Nur auf der Timeline, nicht auf Karten</translation>
        </message>
        <message>
            <source>There is only one screen</source>
            <translation>Es gibt nur einen Bildschirm</translation>
        </message>
        <message>
            <source>The shot has no second take to compare with</source>
            <translation>Der Shot hat keinen zweiten Take zum Vergleichen</translation>
        </message>
        <message>
            <source>No takes are being compared</source>
            <translation>Es werden keine Takes verglichen</translation>
        </message>
        <message>
            <source>The player shows no clip</source>
            <translation>Der Player zeigt keinen Clip</translation>
        </message>
        <message>
            <source>There is nothing to undo</source>
            <translation>Es gibt nichts zu widerrufen</translation>
        </message>
        <message>
            <source>There is nothing to redo</source>
            <translation>Es gibt nichts wiederherzustellen</translation>
        </message>
        <message>
            <source>The storyboard has no shot yet</source>
            <translation>Das Storyboard hat noch keinen Shot</translation>
        </message>
        <message>
            <source>The player is empty</source>
            <translation>Der Player ist leer</translation>
        </message>
        <message>
            <source>The project is read-only</source>
            <translation>Das Projekt ist nur lesbar</translation>
        </message>
        <message>
            <source>The shot has no take yet</source>
            <translation>Der Shot hat noch keinen Take</translation>
        </message>
        <message>
            <source>The queue is empty</source>
            <translation>Die Warteschlange ist leer</translation>
        </message>
        <message>
            <source>Not possible now</source>
            <translation>Jetzt nicht möglich</translation>
        </message>
    </context>
    <context>
        <name>kinora::ui::HistoryPanel</name>
        <message>
            <source>Rename project</source>
            <translation>Projekt umbenennen</translation>
        </message>
        <message>
            <source>Change prompt</source>
            <translation>Prompt ändern</translation>
        </message>
        <message>
            <source>Change negative prompt</source>
            <translation>Negativen Prompt ändern</translation>
        </message>
        <message>
            <source>Change settings</source>
            <translation>Einstellungen ändern</translation>
        </message>
        <message>
            <source>Add shot</source>
            <translation>Shot hinzufügen</translation>
        </message>
        <message>
            <source>Trim shot</source>
            <translation>Shot trimmen</translation>
        </message>
        <message>
            <source>Select take</source>
            <translation>Take wählen</translation>
        </message>
        <message>
            <source>Star take</source>
            <translation>Take einen Stern geben</translation>
        </message>
        <message>
            <source>Unstar take</source>
            <translation>Stern des Takes entfernen</translation>
        </message>
        <message>
            <source>Remove take</source>
            <translation>Take entfernen</translation>
        </message>
        <message>
            <source>Use a take's settings</source>
            <translation>Einstellungen eines Takes verwenden</translation>
        </message>
        <message>
            <source>Set reference</source>
            <translation>Referenz setzen</translation>
        </message>
        <message>
            <source>Set export range</source>
            <translation>Exportbereich setzen</translation>
        </message>
        <message>
            <source>Clear export range</source>
            <translation>Exportbereich löschen</translation>
        </message>
    </context>
    <context>
        <name>kinora::ui::StoryboardText</name>
        <message>
            <source>Gap</source>
            <translation>Lücke</translation>
        </message>
        <message>
            <source>No prompt yet</source>
            <translation>Noch kein Prompt</translation>
        </message>
        <message>
            <source>Dissolve</source>
            <translation>Überblendung</translation>
        </message>
        <message>
            <source>Dip to black</source>
            <translation>Blende über Schwarz</translation>
        </message>
        <message>
            <source>Dip to white</source>
            <translation>Blende über Weiß</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>Ausschneiden</translation>
        </message>
        <message>
            <source>%1 dB</source>
            <translation>%1 dB</translation>
        </message>
        <message>
            <source>Missing sound</source>
            <translation>Ton fehlt</translation>
        </message>
        <message>
            <source>Marker at %1 · double click writes a note</source>
            <translation>Marker bei %1 · Doppelklick schreibt eine Notiz</translation>
        </message>
        <message>
            <source>Let the track be heard</source>
            <translation>Spur wieder hören lassen</translation>
        </message>
        <message>
            <source>Mute the track</source>
            <translation>Spur stummschalten</translation>
        </message>
    </context>
</TS>
