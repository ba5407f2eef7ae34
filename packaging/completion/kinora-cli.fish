# Completion of kinora-cli for fish: the program itself tells what fits, and files where it has nothing to say.
function __kinora_cli_offers
    set -l words (commandline -opc)
    set -l found (kinora-cli complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c kinora-cli -f -a '(__kinora_cli_offers)'
