import TLRuntime

/// Describes the types of these tests, and a few shapes that only printing has to know.
let testTable = TLFieldTable(
    """
    0000a001 tree label:s children:v*
    0000a002 leaf
    5a3b1e00 sample flags:# loud:0?t number:i size:1?l unit:1?s ratio:d done:B data:b nonce:o key:h ids:vl marks:wi rows:vvs parts:vb description:s
    0000b001 point x:i y:i
    0000b002 segment from:%point; to:%point; marks:w%point;
    0000b003 options flags:# flags2:# first:0?t title:31?s second:flags2.0?t count:flags2.2?i
    0000b004 chain value:i flags:# next:0?%chain;
    0000b005 lost target:%nowhere;
    0000c001 test.ping id:l
    0000c002 point shadow:l
    0000c003 invokeWithLayer layer:i query:*
    """
)
