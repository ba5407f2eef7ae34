#include "tests/ui/write_fence.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace kinora::tests {

bool fence_writes(const std::vector<std::filesystem::path>& folders)
{
    landlock_ruleset_attr ruleset{};
    ruleset.handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
    const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &ruleset, sizeof(ruleset), 0));
    if (rules < 0) return false;
    bool done = true;
    std::vector<std::filesystem::path> open_ones = folders;
    open_ones.emplace_back("/dev");
    for (const auto& folder : open_ones) {
        landlock_path_beneath_attr beneath{};
        beneath.allowed_access = ruleset.handled_access_fs;
        beneath.parent_fd = open(folder.c_str(), O_PATH | O_CLOEXEC);
        done = beneath.parent_fd >= 0 &&
               syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0 && done;
        if (beneath.parent_fd >= 0) close(beneath.parent_fd);
    }
    done = done && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}

}  // namespace kinora::tests
