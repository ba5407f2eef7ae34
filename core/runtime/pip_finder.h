#pragma once

namespace kinora::core {

/// A Python program that asks pip's own index client (its configuration, mirrors and proxies) which wheels a requirement
/// needs, and reads only their metadata by ranges; `pip install --dry-run` would download gigabytes to tell the same. It
/// takes pip's options and a requirement, and prints what `pip install --report` would, for libtorch and what NVIDIA
/// publishes. Since it uses pip's inside, which may change, pip's own dry run is the way out where it fails.
inline constexpr const char* k_pip_finder = R"py(
import json, sys
from pip._internal.commands import create_command
from pip._internal.models.target_python import TargetPython
from pip._internal.network.lazy_wheel import dist_from_wheel_url
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

command = create_command("download")
options, wanted = command.parse_args(sys.argv[1:])
held, found = {}, []
with command.main_context():
    session = command.get_default_session(options)
    finder = command._build_package_finder(
        options=options, session=session, target_python=TargetPython(), ignore_requires_python=True)
    todo = [Requirement(text) for text in wanted]
    while todo:
        requirement = todo.pop(0)
        name = canonicalize_name(requirement.name)
        if name not in ("torch", "cuda-toolkit") and not name.startswith("nvidia-"):
            continue
        if name not in held:
            best = finder.find_best_candidate(name, requirement.specifier).best_candidate
            if best is None:
                sys.exit("ERROR: No matching distribution found for " + str(requirement))
            url = best.link.url_without_fragment
            held[name] = (dist_from_wheel_url(name, url, session), set())
            found.append({"metadata": {"name": name, "version": str(best.version)},
                          "download_info": {"url": url, "archive_info": {"hashes": {best.link.hash_name: best.link.hash}}}})
        distribution, done = held[name]
        for extra in ({""} | set(requirement.extras)) - done:
            done.add(extra)
            for text in distribution.metadata.get_all("Requires-Dist") or []:
                needed = Requirement(text)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    todo.append(needed)
json.dump({"install": found}, sys.stdout)
)py";

}  // namespace kinora::core
