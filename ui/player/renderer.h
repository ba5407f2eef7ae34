#pragma once

#include <QString>

namespace kinora::ui {

/// How the player's picture comes onto the screen.
enum class Renderer { raster, opengl };

/// What an OpenGL of that name is worth: one that runs on the processor is slower than copying fitted pictures, and is not
/// taken.
[[nodiscard]] bool is_software_renderer(const QString& name);

/// `wish` is what KINORA_RENDERER says: `raster` and `opengl` are taken at their word (`opengl` as far as there is one),
/// anything else chooses by `name`, the renderer that OpenGL tells of; empty: there is none.
[[nodiscard]] Renderer choose_renderer(const QString& wish, const QString& name);

/// The choice for this machine: OpenGL is asked once, at the first call, on the UI thread.
[[nodiscard]] Renderer chosen_renderer();

/// The name that this machine's OpenGL gives itself; empty where none can be opened.
[[nodiscard]] QString opengl_name();

}  // namespace kinora::ui
