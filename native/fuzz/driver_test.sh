# The driver finds what coverage leads to, and not by luck; says what happened; does the same again.
overrun=$1 hang=$2 leak=$3
runs=400000
rm -f finding-* out

fail() {
    echo "$1"
    cat out
    exit 1
}

# ends STATUS TEXT COMMAND...: the command ends so, and says the text.
ends() {
    expected=$1 text=$2
    shift 2
    "$@" >out 2>&1
    status=$?
    [ $status -eq "$expected" ] || fail "$* ended with $status, not $expected"
    grep -q "$text" out || fail "$* does not say: $text"
}

finding_of() {
    sed -n 's/^finding: written to //p' out
}

ends 77 heap-buffer-overflow "$overrun" -runs=$runs -seed=7
finding=$(finding_of)
cp "$finding" first
ends 0 done "$overrun" -runs=$runs -seed=7 -feedback=0

ends 77 heap-buffer-overflow "$overrun" -runs=$runs -seed=7
cmp -s first "$(finding_of)" || fail "the same seed found something else"
ends 77 "finding: $finding" "$overrun" "$finding"

ends 0 written "$overrun" -minimize_crash=1 "$finding"
[ "$(wc -c <"$finding.min")" -eq 16 ] || fail "not minimised"
ends 77 heap-buffer-overflow "$overrun" "$finding.min"

ends 77 "the target hung" "$hang" -runs=$runs -timeout=1
ends 77 "the target leaked" "$leak" -runs=$runs
ends 1 "unknown flag" "$overrun" -no_such_flag=1
echo ok
