#pragma once

#include <QString>
#include <QVector>

namespace kinora::ui {

/// What Kinora stands on: a project, its licence by SPDX's short name or as the project tells it, and what it does here.
struct Licence {
    QString project;
    QString licence;
    QString use;
};

/// Everything that is linked into the programs or comes along with them, Kinora itself first.
[[nodiscard]] QVector<Licence> licences();

}  // namespace kinora::ui
