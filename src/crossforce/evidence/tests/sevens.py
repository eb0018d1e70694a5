"""7z archives, as several programs write them: two files and an empty one, by each way of packing, and some that do harm."""

import lzma
import struct
import zlib
from base64 import b85decode
from typing import Final

WRITTEN: Final = {
    "lzma2": (
        "H+sCUCma9-y?~MFpa1{>00000761SM00000jL!)|-~o>S5?uf`8_12w5^-"
        "U$)zLGxu7>ph007_sxBz}#004nA2d)p#q%OD*)M{RR<=5St=C4wC5h#_&vE-Yk5A!vAkl-"
        ";KbF{^D06{epbqJZNB*y<B3Gnpe5AzV~G13?3K0W&yWyq%r^ywX(eNYdW_?W|4IMEvi^Kq^R7A#b8VJxd)M_bBbA5<W-"
        "^vgPjD!2p@#GGKn000007X}&u34n$G2MYlJ0U;p)7z}{9000"
    ),
    "lzma": (
        "H+sCUCma9+ng%RBiU0rr00000ApigX00000`fWLR05%)QjmQ#lVX)QFGqtYplY9UF&R75d004nA2d)p#fUXP=>*}5X4Ppb0(@a7?4(F2SmCLDp"
        "YzD~C#(3^tkfMVzhVVYHXi|PF*w7`t(+S~AF`;!{0O^WaU!ig87hm-"
        "vYKV|s*XE;h6FrtpaV$xeP49GV0om8^!Tea}GW>Us|NrMh000*T7y$`#00#>J00AQd0RaVF004jh41k&n0p>s<-2ea"
    ),
    "turned": (
        "H+sCUCma9-y?~MFpa1{>00000761SM00000jL!)|-~o>S5?uf`8_12w5^-"
        "U$)zLGxu7>ph007_sxBz}#004nA2d)p#q%OD*)M{RR<<pl46ADOGemNeG<#C!MaeUiSm4Cw(Amsr2o1UP{pA-"
        "j(u|WBbZD76<OsunH+fqxcc*t#8#CeL@BHU`d0n<8N&dxZZwr+0lA`SV>*lcb>*q|Icav5}1Qyg=pX2B&4n2>G!mafm5Pyhe`7X}&u34n$G2MY"
        "lJ0U;p)7z}{9000"
    ),
    "delta": (
        "H+sCUCma9-z*hG9qyPW_00000761SM00000E)1dJ-~o>S6kPx|0NRX!neO}K@Jr8ud(z59t^fc4-"
        "~hY;fL#CpfinlL56{Q1Xb;qCUVY`$+jXm&_Z4e*OS9Z>Y8;{rhHWEGzr96RFJ0F^2lMs(pr<0?%dPoIs0i^5G4`gI1vaf(1E)Y)?apdR+x21vY"
        "yOgoPT3Zc>hjFZ^5FVRhJOTMx!OCJfAT7#%WMBMmJ^fs9jCrO-7qys000007X};w34n+I2MYlJ0U;p)7z}{D000"
    ),
    "bzip2": (
        "H+sCUCma9-d-wdrzW@LL00000761SM00000&vpCaLRx4!F+o`-Q(2A4t)~D0pOJt-04j`x03ZNRgC-y;QZ}Yc-"
        "A1Z4f^bfWf^ba<(K;vM?ntK!5)rvIwBX<Xv;cWs004nA2d)p%)VBzrkf3ry)Uo2NvcC)c5@_GC?aH!TuOFzJ)~*@6;+YAZ4?Mt530;OIQ>nBk*"
        "?U*SpY0u0Pp%kVY}KhuCQ=wf6O*%gK@c8s$snRtz#MI9inbHPa?97<19yuk#+{|#^i7{cZzP0_!wRtg0000N20j4^fPnx93jqKDAt3=641l!&0"
        "0"
    ),
    "deflate": (
        "H+sCUCma9-gM1!akpKVy00000761SM00000qi+A<%gIm9R>&FpM0#RL>Tn<c-~hA$d0hYifinlL56<$k3<t<VYy#JXI^Q>-"
        ")bD%y5)E+*w(%md9*xq53^deFb1;NFId2Ye-=;HFp4#>ceb>-Sotit-yALBf^@wW~uLX!cnVou+rK-"
        "ZUE&@HG?_#L=-rgpBH*&_g80Fp#T(+ta2^!O+y=j1;IsgCw02c-j0SSPC00#>J00AK(0T>K`wEzG"
    ),
    "ppmd": (
        "H+sCUCma9+`?d$;g#Z8m00000ApigX00000={qv30Bi*%6zL!qUepnuD3BE-"
        "7ytkO0D&_Ht`E;A@Qeq@Lx6*V;=C+`B)Up~?F~4pUHB*8<LrIMk?AB6`ftTRLAVm2p4lKlWdQjSEVNMiFUvKyp7UhL9G5d%4JibF6Gi9}F_hQ)"
        "F%^nW58s-BjpZxKW`p)4XjXn2479|b|NOHc02c-m0SR&d2MYlJ0V4we0R>$E0Du4tfSL*cw`6I_000"
    ),
    "locked": (
        "H+sCUCma9-3eK2n!vFvP00000761SM00000Z>WUCOD~cY7dtm4o0iKt!(7n$D09vd;U-I^XVx?%`MQcC-"
        "~iA7n_U0^finlL56}+&6rhl8PN`b=1<wn8n<_{6xQFav0np}8Sr}`~gncu@<rai%YEhHj;AYpp)>8>?V;y6TW--V_w6M-"
        ";5`FV7eC*`XPc<>DY;vs>-"
        "cc>3YKWbFLA{GWU{1sW4jKud8ji5uG394p`%~kBOXXlHXC5*Yzl5y;oHC5$48oj)?wOh3@6Gw*y0rmv!k(xA0000N1|R_mfTI8h3jqKDAt3=64"
        "1m!900"
    ),
    "locked-names": (
        "H+sCUCma9-8CGQ20096100000DgXcg00000#0-l4f1@>>yG2@MAA$ooj>ksGs$L(#fPRZvb_N9#P0VO4fK<%|IXMw1-"
        "jyuW4}v#$_|?3JauOFTAWP&HD56mT#Pmi$kBe2SF8*m3)OrqqzEMx;LKPH2^S-"
        "?QLv?uCnA%jFF<OP`tdC{sgMn^hp&)R1=Kuk*vG~=m6EPiwZc4vn2WN%Asd!m25it|ORy18%?X_5ifW>UmbmBo56wXne-paoT=pPCk<lX7Xu1k"
        "y(ukM7Ll-"
        "#gK6tLOCoY_5~5f3^2T%lmgFG?Y_mS~FrQPsezW}NdmQE&(5jxWFYo<v&wL)gbw=xT=}O2Z!Zs`GUn`qUKQ^!^t@7X}~!34q`L2MYlJ0VD?T2L"
        "TdO4-w{t(~KNJ>Vk{zBPNB3b_{^g000"
    ),
    "tree": (
        "H+sCUCma9-Ls3J=jQ{`u00000761SM00000TRYX~0RRVKVPRn|ba-?C-"
        "~gTgd0hYifinlL56+wh#R&?K4_<M(;3>6a9lW671B%o=2#^;(%ykYNj%vnt+dpU`P$9L$4Msl+SrC5)W#0k4V$MpPz}PFRLm#z9-Ag#8-"
        "MbUulOo6723lrb(iRDJ!hH5%2gzG41N^!7a!b>4O6?N!+?~tt{&D~S02c-f0SSPC00#>J00AK(0T>K`p8x;"
    ),
    "slip": (
        "H+sCUCma9+!-"
        "=T0WdHyG00000AOHXW00000YiJ?V02qv%|NsC0@Bjb+004nA2d)p!oCd`SDz4RHWZO@qn|jtbv}}Iyx_Fx1yxY&|rFNe_JQ|8r5kByHT^~v3&5"
        "mt9eZkxEVuLQjx>c`^@kryn9@PTtI8m2?ALR4@|FFLR02c-f0SQ?E2MYlJ0V4we0R>$E0Du4tYzhG#2!Ip-00"
    ),
}


def seven(name: str) -> bytes:
    """The archive of that name."""
    return b85decode(WRITTEN[name])


def signed(table: bytes, packed: bytes = b"") -> bytes:
    """An archive of these packed bytes and this table, with its sums."""
    said = struct.pack("<QQI", len(packed), len(table), zlib.crc32(table))
    head = b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(said)) + said
    return head + packed + table


def seven_of_zeros(megabytes: int = 20) -> bytes:
    """A few thousand bytes that become so many millions."""
    how = [{"id": lzma.FILTER_LZMA2, "dict_size": 1024 * 1024}]
    packed = lzma.compress(bytes(megabytes * 1024 * 1024), lzma.FORMAT_RAW, filters=how)
    length, becomes = (b"\xf0" + struct.pack("<I", each) for each in (len(packed), megabytes * 1024 * 1024))  # fmt: skip
    name = "zeros.bin\0".encode("utf-16-le")
    return signed(
        b"\x01\x04\x06\0\x01\x09" + length + b"\0\x07\x0b\x01\0\x01\x21\x21\x01\x10\x0c" + becomes
        + b"\0\0\x05\x01\x11" + bytes([len(name) + 1]) + b"\0" + name + b"\0\0",
        packed,
    )  # fmt: skip
