<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>CastPage</name>
        <message numerus="yes">
            <source>__%1__ · %n choice(s)</source>
            <translation>
                <numerusform>__%1__ · %n choice</numerusform>
                <numerusform>__%1__ · %n choices</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CastRow</name>
        <message numerus="yes">
            <source>in %n shot(s)</source>
            <translation>
                <numerusform>in %n shot</numerusform>
                <numerusform>in %n shots</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExportPopover</name>
        <message numerus="yes">
            <source>The %n chosen shots</source>
            <translation>
                <numerusform>The %n chosen shot</numerusform>
                <numerusform>The %n chosen shots</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlayerWidget</name>
        <message numerus="yes">
            <source>%n dropped</source>
            <translation>
                <numerusform>%n dropped</numerusform>
                <numerusform>%n dropped</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StallOverlay</name>
        <message numerus="yes">
            <source>%n stalls over %1 ms, %2 of them Kinora&apos;s own</source>
            <translation>
                <numerusform>%n stall over %1 ms, %2 of them Kinora&apos;s own</numerusform>
                <numerusform>%n stalls over %1 ms, %2 of them Kinora&apos;s own</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StoryboardPainter</name>
        <message numerus="yes">
            <source> · %n takes</source>
            <translation>
                <numerusform> · %n take</numerusform>
                <numerusform> · %n takes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StoryboardView</name>
        <message numerus="yes">
            <source>%n shots; chosen: %1</source>
            <translation>
                <numerusform>%n shot; chosen: %1</numerusform>
                <numerusform>%n shots; chosen: %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SuiteSection</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
