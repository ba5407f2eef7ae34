#include "ui/theme/stylesheet.h"

#include <QPair>
#include <QVector>

#include "ui/theme/roles.h"

namespace kinora::ui {
namespace {

/// Colours are written `@role`; they are replaced longest name first.
const char* const k_rules = R"(
* { outline: none; }
QWidget { color: @text; }
QMainWindow, #Window { background: @background; }
*[kind="panel"] { background: @panel; }
*[kind="bare"] { background: transparent; border: none; }
QLabel { background: transparent; }
QLabel[kind="dim"] { color: @dim; }
QLabel[kind="secondary"] { color: @dim; font-size: 12px; }
QLabel[kind="value"] { font-size: 12px; }
QLabel[kind="small"] { color: @dim; font-size: 11px; }
QLabel[kind="warn"] { color: @warn; font-size: 12px; }
QLabel[kind="bad"] { color: @bad; font-size: 12px; }
QLabel[kind="faint"] { color: @faint; font-size: 11px; }
QLabel[kind="section"] { color: @dim; font-size: 11px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="pill"] { border: 1px solid @line; border-radius: 12px; padding: 0 10px; color: @dim; font-size: 12px; }

QPushButton { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px 12px; min-height: 20px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; background: @panel; }
QPushButton[kind="primary"] { background: @accent; border: 2px solid @accent; color: @on_accent; border-radius: 8px; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:pressed { background: @accent; }
QPushButton[kind="primary"]:focus { border-color: @accent_text; }
QPushButton[kind="primary"]:disabled { background: @accent_ground; border-color: @accent_ground; color: @accent_text; }
QPushButton[kind="link"] { min-height: 16px; background: transparent; border: none; color: @dim; font-size: 12px; font-weight: 400; padding: 3px 0; text-align: left; }
QPushButton[kind="link"]:hover { color: @text; }
QPushButton[kind="link"]:focus { color: @accent_text; text-decoration: underline; }
QPushButton[kind="chip"] { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 3px 9px; font-size: 12px; font-weight: 400; min-height: 18px; }
QPushButton[kind="chip"]:hover { background: @hover; }
QPushButton[kind="chip"]:checked { background: @accent_ground; border-color: @accent_line; color: @accent_text; }
QPushButton[kind="chip"]:focus { border-color: @accent; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @line; }
QToolButton:checked { background: @raised; }
QToolButton:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="inside"] { padding: 0; border-radius: 4px; }
QToolButton[kind="split-left"] { background: @raised; border: 1px solid @line; border-top-left-radius: 6px; border-bottom-left-radius: 6px; border-top-right-radius: 0; border-bottom-right-radius: 0; padding: 4px 14px; font-weight: 500; }
QToolButton[kind="split-right"] { background: @raised; border: 1px solid @line; border-left: none; border-top-right-radius: 6px; border-bottom-right-radius: 6px; border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 4px 3px; }
QToolButton[kind="split-left"]:hover, QToolButton[kind="split-right"]:hover { background: @hover; }
QToolButton[kind="split-left"]:focus, QToolButton[kind="split-right"]:focus { border-color: @accent; }
QToolButton[kind="split-left"]:disabled { color: @faint; }

*[kind="field"] { background: @raised; border: 1px solid @line; border-radius: 6px; }
*[kind="field"]:hover { background: @hover; }
*[kind="field"][ring="true"] { border-color: @accent; }
*[kind="field"] QLabel { font-size: 12px; }
*[kind="field"] QLineEdit, *[kind="field"] QSpinBox, *[kind="field"] QDoubleSpinBox, *[kind="field"] QComboBox { background: transparent; border: none; padding: 0; font-size: 12px; selection-background-color: @accent; selection-color: @on_accent; }
*[kind="field"] QComboBox::drop-down { border: none; width: 0; }
QComboBox[kind="choice"] { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px 9px; font-size: 12px; min-height: 20px; }
QComboBox[kind="choice"]:hover { background: @hover; }
QComboBox[kind="choice"]:focus { border-color: @accent; }
QComboBox[kind="choice"]::drop-down { border: none; width: 20px; }
QComboBox[kind="choice"]::down-arrow { image: url(:/kinora/icons/combo-arrow.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; padding: 4px; selection-background-color: @accent_ground; selection-color: @accent_text; outline: none; }
QComboBox QAbstractItemView::item { min-height: 22px; padding: 0 6px; border-radius: 4px; }
QLineEdit { background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px 8px; selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus { border-color: @accent; }
QLineEdit[kind="title"] { background: transparent; border: 1px solid transparent; font-weight: 600; padding: 3px 6px; }
QLineEdit[kind="title"]:hover { border-color: @line; }
QLineEdit[kind="title"]:focus { border-color: @accent; background: @field; }
*[kind="editor"] { background: @field; border: 1px solid @line; border-radius: 8px; }
*[kind="editor"][ring="true"] { border-color: @accent; }
*[kind="editor"] QPlainTextEdit { background: transparent; border: none; selection-background-color: @accent; selection-color: @on_accent; }
QCheckBox { font-size: 12px; spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @dashed; border-radius: 4px; background: @field; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; }
QCheckBox::indicator:focus, QCheckBox:focus::indicator { border-color: @accent; }
QCheckBox::indicator:checked { image: url(:/kinora/icons/check.svg); }
QCheckBox:disabled { color: @faint; }
QCheckBox::indicator:disabled { background: @panel; border-color: @line; image: none; }
QRadioButton { font-size: 12px; spacing: 8px; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid @dashed; border-radius: 7px; background: @field; }
QRadioButton::indicator:checked { border: 4px solid @accent; width: 6px; height: 6px; background: @on_accent; }
QRadioButton:focus::indicator { border-color: @accent; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; padding: 6px 7px; color: @dim; font-size: 12px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent_text; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QListView { background: transparent; border: none; outline: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @line; border-radius: 3px; min-height: 28px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @dashed; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @line; border-radius: 3px; min-width: 28px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: @dashed; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QSlider::groove:horizontal { height: 2px; background: @track; border-radius: 1px; }
QSlider::handle:horizontal { width: 10px; height: 10px; margin: -4px 0; border-radius: 5px; background: @dim; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { background: @accent; }
QProgressBar { background: @track; border: none; border-radius: 1px; max-height: 3px; min-height: 3px; }
QProgressBar::chunk { background: @accent; border-radius: 1px; }
QMenu { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 5px 22px 5px 12px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: @accent_ground; color: @accent_text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 6px; font-size: 12px; }
*[kind="popover"] { background: @raised; border: 1px solid @line; border-radius: 8px; }
*[kind="sheet"] { background: @panel; border: 1px solid @line; border-radius: 10px; }
*[kind="well"] { background: @field; border: 1px solid @line; border-radius: 8px; }
QListView[kind="well"] { padding: 4px; font-size: 12px; }
QListView[kind="well"]:focus { border-color: @accent; }
QListView[kind="well"]::item { padding: 0 8px; border-radius: 4px; color: @text; }
QListView[kind="well"]::item:hover { background: @hover; }
QListView[kind="well"]::item:selected { background: @accent_ground; color: @accent_text; }
QListView[kind="well"]::item:disabled { color: @dim; background: transparent; }
QLineEdit[kind="palette"] { background: @field; border: 1px solid @line; border-radius: 6px; padding: 6px 8px; font-size: 14px; }
QLineEdit[kind="palette"]:focus { border-color: @line; }
*[kind="strip"] { background: @raised; }
*[kind="bar"] { background: @raised; border: 1px solid @line; border-radius: 8px; }
*[kind="bar"][state="bad"] { border-color: @bad; }
*[kind="bar"][state="warn"] { border-color: @warn; }
*[kind="bar"][state="good"] { border-color: @good; }
#Line { background: @line; border: none; }
#InsertionMark { background: @accent; border: none; }
QSplitter::handle { background: @background; }
)";

QVector<QPair<QString, QColor>> table(const Roles& r)
{
    return {{QStringLiteral("@accent_ground"), r.accent_ground},
            {QStringLiteral("@accent_hover"), r.accent_hover},
            {QStringLiteral("@accent_line"), r.accent_line},
            {QStringLiteral("@accent_text"), r.accent_text},
            {QStringLiteral("@on_accent"), r.on_accent},
            {QStringLiteral("@background"), r.background},
            {QStringLiteral("@surround"), r.surround},
            {QStringLiteral("@accent"), r.accent},
            {QStringLiteral("@dashed"), r.dashed},
            {QStringLiteral("@raised"), r.raised},
            {QStringLiteral("@field"), r.field},
            {QStringLiteral("@faint"), r.faint},
            {QStringLiteral("@hover"), r.hover},
            {QStringLiteral("@panel"), r.panel},
            {QStringLiteral("@track"), r.track},
            {QStringLiteral("@good"), r.good},
            {QStringLiteral("@line"), r.line},
            {QStringLiteral("@text"), r.text},
            {QStringLiteral("@warn"), r.warn},
            {QStringLiteral("@bad"), r.bad},
            {QStringLiteral("@dim"), r.dim}};
}

}  // namespace

QString stylesheet(const Roles& roles)
{
    QString sheet = QString::fromLatin1(k_rules);
    for (const auto& [name, colour] : table(roles))
        sheet.replace(name, colour.name(QColor::HexRgb));
    return sheet;
}

}  // namespace kinora::ui
